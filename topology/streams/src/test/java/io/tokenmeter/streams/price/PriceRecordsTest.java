package io.tokenmeter.streams.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.schemas.Price;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.apache.avro.Conversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class PriceRecordsTest {

  private static final PriceRow FULL_ROW =
      PriceRow.of("deepseek", "deepseek-chat")
          .providerAlias("deep-seek")
          .pattern(ModelPattern.startsWith("deepseek-chat-"))
          .pattern(ModelPattern.regex("^ds-v\\d+$"))
          .region("cn")
          .project("search")
          .team("growth")
          .effectiveFrom(Instant.parse("2025-02-08T16:00:00Z"))
          .effectiveTo(Instant.parse("2025-09-05T16:00:00Z"))
          .price(UnitPrice.perMillion("input_tokens", "0.27").above(200_000, "0.54"))
          .price(UnitPrice.perMillion("output_tokens", "1.10"))
          .price(UnitPrice.perMillion("output_tokens", "0.55").at("batch"))
          .price(UnitPrice.each("web_searches", "0.01"))
          .window(
              new TimeWindow(
                  "off-peak",
                  "Asia/Shanghai",
                  Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                  LocalTime.of(0, 30),
                  LocalTime.of(8, 30),
                  List.of(UnitPrice.perMillion("input_tokens", "0.135"))))
          .inclusiveThresholds(true)
          .marginalTiers(true)
          .regionMultiplier("cn", new BigDecimal("1.100000000000"))
          .multipliersCoverCache(false)
          .source("api-docs.deepseek.com, 2025-02-09")
          .build();

  @Test
  void everyPartOfARow_survivesTheRecord() {
    assertThat(PriceRecords.fromRecord(PriceRecords.toRecord(FULL_ROW))).isEqualTo(FULL_ROW);
  }

  @Test
  void emptyRow_survivesTheRecord() {
    PriceRow row = PriceRow.of("openai", "gpt-4o").build();
    assertThat(PriceRecords.fromRecord(PriceRecords.toRecord(row))).isEqualTo(row);
  }

  @Test
  void prices_standOnTheWireInDollars() throws Exception {
    var encoded = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(encoded, null);
    new SpecificDatumWriter<>(Price.class).write(PriceRecords.toRecord(FULL_ROW), encoder);
    encoder.flush();
    var decoder = DecoderFactory.get().binaryDecoder(encoded.toByteArray(), null);
    var model = new GenericData();
    model.addLogicalTypeConversion(new Conversions.DecimalConversion());
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(Price.getClassSchema(), Price.getClassSchema(), model)
            .read(null, decoder);
    GenericRecord first = (GenericRecord) ((List<?>) read.get("prices")).get(0);
    assertThat(first.get("usd_per_unit")).isEqualTo(new BigDecimal("0.000000270000"));
  }

  @Test
  void priceBeyondNineMillionDollarsAUnit_isRefusedWithTheModelsName() {
    Price price =
        PriceRecords.toRecord(
            PriceRow.of("openai", "gpt-4o").price(UnitPrice.of("input_tokens", 1)).build());
    price.getPrices().get(0).setUsdPerUnit(new BigDecimal("10000000.000000000000"));
    assertThatThrownBy(() -> PriceRecords.fromRecord(price))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("price of openai gpt-4o");
  }
}
