package io.tokenmeter.mapping.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.pricelists.ListedRow;
import io.tokenmeter.pricelists.PriceLists;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {

  @ParameterizedTest
  @CsvSource({
    "openai,          openai",
    "Anthropic,       anthropic",
    "azure.ai.openai, azure",
    "az.ai.openai,    azure",
    "aws.bedrock,     bedrock",
    "gcp.gemini,      gemini",
    "gcp.gen_ai,      google",
    "mistral_ai,      mistral",
    "x_ai,            xai",
    "cohere_chat,     cohere",
    "deepseek,        deepseek",
    "groq,            groq"
  })
  void name_becomesOneThatThePriceListKnows(String reported, String canonical) throws IOException {
    assertThat(Providers.canonical(reported)).isEqualTo(canonical).isIn(bundledNames());
  }

  @ParameterizedTest
  @CsvSource({
    "gcp.vertex_ai,                vertex_ai",
    "vertex_ai-anthropic_models,   vertex_ai",
    "azure.ai.inference,           azure_ai",
    "ibm.watsonx.ai,               watsonx",
    "Somebody Else,                somebody else"
  })
  void otherNames_areFoldedOrStay(String reported, String canonical) {
    assertThat(Providers.canonical(reported)).isEqualTo(canonical);
  }

  private static Set<String> bundledNames() throws IOException {
    Set<String> names = new HashSet<>();
    for (ListedRow listed : PriceLists.bundled().rows()) {
      names.add(listed.row().provider());
      names.addAll(listed.row().providerAliases());
    }
    return names;
  }
}
