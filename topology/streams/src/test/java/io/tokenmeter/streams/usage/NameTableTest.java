package io.tokenmeter.streams.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.avro.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameTableTest {
  private final NameTable names = new NameTable();

  @Test
  void equalBytes_areOneName() {
    Name first = name("gpt-4o");
    byte[] elsewhere = "xxgpt-4oyy".getBytes(StandardCharsets.UTF_8);
    assertThat(names.of(elsewhere, Slice.of(2, 6))).isSameAs(first);
    assertThat(first.text()).isEqualTo("gpt-4o");
    assertThat(first.utf8()).isEqualTo("gpt-4o".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void names_outliveTheBytesTheyWereReadFrom() {
    byte[] bytes = "gpt-4o".getBytes(StandardCharsets.UTF_8);
    Name name = names.of(bytes, Slice.of(0, 6));
    bytes[0] = 'x';
    assertThat(name.text()).isEqualTo("gpt-4o");
    assertThat(name("gpt-4o")).isSameAs(name);
  }

  @Test
  void emptyName_isThereFromTheStart() {
    assertThat(name("")).isSameAs(names.empty());
    assertThat(names.size()).isOne();
  }

  @Test
  void manyNames_areEachThemselves() {
    long seed = 12;
    Random random = new Random(seed);
    Map<String, Name> reference = new HashMap<>();
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      String text = Integer.toString(random.nextInt(30_000), 36);
      Name name = name(text);
      Name before = reference.putIfAbsent(text, name);
      if (before == null) {
        assertThat(ids.add(name.id())).as("seed %d: id of %s is new", seed, text).isTrue();
        assertThat(name.text()).isEqualTo(text);
      } else if (before != name) {
        throw new AssertionError("seed " + seed + ": two names of " + text);
      }
    }
    assertThat(names.size()).isEqualTo(reference.size() + 1);
  }

  @Test
  void clear_forgetsAllNamesButTheEmptyOne() {
    Name before = name("gpt-4o");
    names.clear();
    assertThat(names.size()).isOne();
    assertThat(name("gpt-4o")).isNotSameAs(before);
    assertThat(name("")).isSameAs(names.empty());
  }

  @Test
  void bytesThatAreNotUnicode_areNamesOfTheirOwnWithTheTextThatReadersSee() {
    Name broken = names.of(new byte[] {'a', (byte) 0xff}, Slice.of(0, 2));
    Name otherwise = names.of(new byte[] {'a', (byte) 0xfe}, Slice.of(0, 2));
    assertThat(names.of(new byte[] {'a', (byte) 0xff}, Slice.of(0, 2))).isSameAs(broken);
    assertThat(broken).isNotSameAs(otherwise);
    assertThat(broken.text()).isEqualTo("a\ufffd").isEqualTo(otherwise.text());
    assertThat(broken.utf8()).isEqualTo("a\ufffd".getBytes(StandardCharsets.UTF_8));
    assertThat(otherwise.utf8()).isEqualTo(broken.utf8());
  }

  private Name name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return names.of(bytes, Slice.of(0, bytes.length));
  }
}
