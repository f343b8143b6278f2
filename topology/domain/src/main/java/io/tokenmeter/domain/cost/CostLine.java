package io.tokenmeter.domain.cost;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.money.Picos;
import java.math.BigDecimal;

/** One line of a {@link Cost}: a quantity of a unit at a unit price. Belongs to its cost. */
public final class CostLine {

  private String unit = "";
  private CostKind kind = CostKind.FEE;
  private long quantityMicros;
  private long picosPerUnit;
  private final MoneySum cost = new MoneySum();

  void set(CostKind newKind, String newUnit, long newQuantityMicros, long newPicosPerUnit) {
    kind = newKind;
    unit = newUnit;
    quantityMicros = newQuantityMicros;
    picosPerUnit = newPicosPerUnit;
    cost.clear();
  }

  /** Wire name of the unit whose price applies. */
  public String unit() {
    return unit;
  }

  public CostKind kind() {
    return kind;
  }

  /** Millionths of a unit. */
  public long quantityMicros() {
    return quantityMicros;
  }

  /** Units, without trailing zeros. */
  public BigDecimal quantity() {
    BigDecimal quantity = BigDecimal.valueOf(quantityMicros, 6).stripTrailingZeros();
    return quantity.scale() < 0 ? quantity.setScale(0) : quantity;
  }

  /** Unit price, USD 1e-12 per unit. */
  public long picosPerUnit() {
    return picosPerUnit;
  }

  /** Unit price, USD per unit, with 12 decimals. */
  public BigDecimal unitPrice() {
    return Picos.toDollars(picosPerUnit);
  }

  /** Quantity times unit price; to be read, not changed. */
  public MoneySum sum() {
    return cost;
  }

  public Money cost() {
    return cost.toMoney();
  }

  @Override
  public String toString() {
    return quantity().toPlainString() + " " + unit + " = " + cost;
  }
}
