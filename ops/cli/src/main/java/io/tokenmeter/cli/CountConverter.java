package io.tokenmeter.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many of something: a whole number from 1 on. */
public final class CountConverter implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String value) {
    try {
      int count = Integer.parseInt(value);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below, with what is wanted.
    }
    throw new TypeConversionException("'" + value + "' is not a whole number from 1 on");
  }
}
