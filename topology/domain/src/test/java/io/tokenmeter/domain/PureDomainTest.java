package io.tokenmeter.domain;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The domain computes values from values and from the time it is given; nothing else gets in. */
class PureDomainTest {

  private static final JavaClasses DOMAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tokenmeter.domain");

  /** Where amounts, prices and quantities are; a latency sketch may use a double, money may not. */
  private static final String[] EXACT = {
    "io.tokenmeter.domain.money..",
    "io.tokenmeter.domain.usage..",
    "io.tokenmeter.domain.price..",
    "io.tokenmeter.domain.cost.."
  };

  private static final Set<String> INEXACT =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  @Test
  void domain_usesOnlyTheJdkNullnessAnnotationsAndTheSketch() {
    holds(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "",
                "io.tokenmeter.domain..",
                "java.io",
                "java.lang..",
                "java.math",
                "java.nio",
                "java.nio.charset",
                "java.time..",
                "java.util..",
                "org.jspecify..",
                "com.datadoghq.sketch..")
            .because("wiring belongs in topology/streams or in a connector"));
  }

  @Test
  void domain_opensNoFile() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccess).*")
            .because("java.io is there for streams in memory"));
  }

  @Test
  void domain_readsNoClock() {
    holds(noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock"));
    holds(
        noClasses()
            .should()
            .callCodeUnitWhere(calls("java.lang.System", "currentTimeMillis", "nanoTime"))
            .orShould()
            .callCodeUnitWhere(
                describe(
                    "asks java.time for now",
                    call ->
                        call.getTargetOwner().getPackageName().equals("java.time")
                            && call.getName().equals("now")))
            .because("the time is an argument"));
  }

  @Test
  void domain_rollsNoDice() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.[A-Za-z]*Random")
            .orShould()
            .callCodeUnitWhere(calls("java.util.UUID", "randomUUID"))
            .orShould()
            .callCodeUnitWhere(calls("java.lang.Math", "random"))
            .because("the same input gives the same output"));
  }

  @Test
  void domain_writesNoLogAndNoOutput() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("the domain returns what it found; its caller reports it"));
  }

  @Test
  void money_neverMeetsADouble() {
    holds(
        noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(EXACT)
            .should()
            .haveRawType(inexact()));
    holds(
        noCodeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(EXACT)
            .should()
            .haveRawReturnType(inexact())
            .orShould()
            .haveRawParameterTypes(any(inexact())));
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(EXACT)
            .should()
            .callCodeUnitWhere(
                describe(
                    "takes or returns a double",
                    call ->
                        inexact().test(call.getTarget().getRawReturnType())
                            || any(inexact()).test(call.getTarget().getRawParameterTypes())))
            .because("binary fractions lose money"));
  }

  @Test
  void packages_haveNoCycles() {
    holds(slices().matching("io.tokenmeter.domain.(*)..").should().beFreeOfCycles());
  }

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(DOMAIN);
  }

  private static DescribedPredicate<JavaCall<?>> calls(String owner, String... methods) {
    return describe(
        "calls " + owner + " " + List.of(methods),
        call ->
            call.getTargetOwner().getName().equals(owner)
                && List.of(methods).contains(call.getName()));
  }

  private static DescribedPredicate<JavaClass> inexact() {
    return describe(
        "double or float", type -> INEXACT.contains(type.getBaseComponentType().getName()));
  }

  private static DescribedPredicate<List<JavaClass>> any(DescribedPredicate<JavaClass> type) {
    return describe("any " + type.getDescription(), types -> types.stream().anyMatch(type));
  }
}
