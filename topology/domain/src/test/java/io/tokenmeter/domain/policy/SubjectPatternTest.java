package io.tokenmeter.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.alert.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SubjectPatternTest {

  @Test
  void pattern_ofOneDimension_matchesItsSubjectsOnly() {
    SubjectPattern production = SubjectPattern.parse("api_key:prod-*");

    assertThat(production.matches(new Subject("api_key", "prod-1"))).isTrue();
    assertThat(production.matches(new Subject("api_key", "prod-"))).isTrue();
    assertThat(production.matches(new Subject("api_key", "PROD-1"))).isFalse();
    assertThat(production.matches(new Subject("api_key", "test-prod-1"))).isFalse();
    assertThat(production.matches(new Subject("project", "prod-1"))).isFalse();
  }

  @Test
  void questionMark_standsForOneCharacter() {
    SubjectPattern pattern = SubjectPattern.parse("team:team-?");

    assertThat(pattern.matches(new Subject("team", "team-a"))).isTrue();
    assertThat(pattern.matches(new Subject("team", "team-"))).isFalse();
    assertThat(pattern.matches(new Subject("team", "team-ab"))).isFalse();
  }

  @Test
  void emptyGlob_matchesUsageThatDoesNotCarryTheDimension() {
    SubjectPattern nobody = SubjectPattern.parse("team:");

    assertThat(nobody.matches(new Subject("team", ""))).isTrue();
    assertThat(nobody.matches(new Subject("team", "a"))).isFalse();
    assertThat(SubjectPattern.parse("team:*").matches(new Subject("team", ""))).isTrue();
  }

  @Test
  void colonsInAKeyAndInATag_areRead() {
    assertThat(SubjectPattern.parse("model:ft:gpt-4o:acme"))
        .isEqualTo(new SubjectPattern("model", "ft:gpt-4o:acme"));
    assertThat(SubjectPattern.parse("tag:env:prod*"))
        .isEqualTo(new SubjectPattern("tag:env", "prod*"));
  }

  @Test
  void textOfAnotherForm_isRefusedWithAnExample() {
    for (String text : List.of("helpdesk", ":helpdesk", "", "tag:env")) {
      assertThatThrownBy(() -> SubjectPattern.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "subject pattern '%s' is not of the form DIMENSION:GLOB, such as team:helpdesk,"
                  + " api_key:prod-* or *:*",
              text);
    }
    assertThatThrownBy(() -> SubjectPattern.parse("squad:a"))
        .hasMessageStartingWith("unknown part 'squad' in dimension 'squad'; known are model,");
    assertThatThrownBy(() -> SubjectPattern.parse("api_key+model:a"))
        .hasMessage(
            "subject pattern 'api_key+model:a' names a pair; only single dimensions are watched");
  }

  @Test
  void moreSpecificPatterns_comeFirst() {
    List<String> expected =
        List.of(
            "api_key:prod-1",
            "api_key:prod-*",
            "api_key:prod*",
            "api_key:p*d*",
            "api_key:p*",
            "api_key:?",
            "api_key:*",
            "*:prod-1",
            "*:p*",
            "*:*");
    List<SubjectPattern> patterns =
        new ArrayList<>(expected.stream().map(SubjectPattern::parse).toList());
    Collections.shuffle(patterns, new Random(7));
    patterns.sort(SubjectPattern.MOST_SPECIFIC_FIRST);

    assertThat(patterns).extracting(SubjectPattern::toString).containsExactlyElementsOf(expected);
  }

  @Test
  void globs_matchWhatTheSameRegularExpressionMatches() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      String glob = randomText(random, "ab*?", 7);
      String key = randomText(random, "ab", 9);
      String regex = glob.replace("*", "[ab]*").replace("?", "[ab]");
      assertThat(Glob.matches(glob, key))
          .as("seed %d: %s against %s", seed, glob, key)
          .isEqualTo(Pattern.matches(regex, key));
    }
  }

  @Test
  void globOfManyStars_isQuickOnALongKeyThatAlmostMatches() {
    assertThat(Glob.matches("*a".repeat(50) + "*b", "a".repeat(5000))).isFalse();
  }

  private static String randomText(Random random, String letters, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
