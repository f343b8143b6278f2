package io.tokenmeter.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the classes generated from these schemas may be loaded.
 *
 * <p>Avro 1.12 refuses to instantiate classes outside the packages it trusts. Done in code, so that
 * nobody needs to know the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}. What was
 * trusted before stays trusted.
 */
public final class GeneratedClasses {

  private static final String PACKAGE = GeneratedClasses.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private GeneratedClasses() {}

  /** Call this before the first record is built, read or written; calling it again does nothing. */
  public static void trust() {
    // The static block above has done it by now, once.
  }
}
