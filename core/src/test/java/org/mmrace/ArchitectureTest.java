package org.mmrace;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the design and what the model may not touch; rules about text are in {@link TidyTest}. */
class ArchitectureTest {
    private static final String HOME = "org.mmrace.";
    private static final String MODEL = HOME + "mm..";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mmrace");

    /** Guards the rules below against an empty scan, which would always be green. */
    @Test
    void scanFoundTheClasses() {
        assertThat(CORE.size()).isGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "fault", "mm", "check", "op", "script"})
    void scanFoundTheRoom(String room) {
        assertThat(CORE.stream()
                        .filter(type -> type.getPackageName().equals(HOME + room))
                        .filter(type -> !type.getSimpleName().equals("package-info")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kernel, kernel",
        "fault,  fault kernel",
        "mm,     mm fault kernel",
        "check,  check mm fault kernel",
        "op,     op check mm fault kernel",
        "script, script op check mm fault kernel",
    })
    void arrowsRunOneWay(String room, String mayImport) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.."));
        for (String other : mayImport.split(" ", 0)) {
            allowed.add(HOME + other + "..");
        }
        holds(classes()
                .that()
                .resideInAPackage(HOME + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new)));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching(HOME + "(*)..").should().beFreeOfCycles());
    }

    /** The other one is the scheduler's, in a module of its own; {@link TidyTest} counts over all modules. */
    @Test
    void coreHasOneKernel() {
        JavaClass kernel = CORE.get(HOME + "kernel.Kernel");
        assertThat(kernel.getAllSubclasses())
                .extracting(JavaClass::getSimpleName)
                .containsExactly("NativeKernel");
    }

    /** Shared state lives in the kernel's cells, where every access is a step. */
    @Test
    void modelKeepsNoStateOfItsOwn() {
        holds(fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(MODEL)
                .should()
                .beFinal());
        holds(fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(MODEL)
                .should()
                .notHaveModifier(VOLATILE));
        holds(methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(MODEL)
                .should()
                .notHaveModifier(SYNCHRONIZED));
    }

    @Test
    void modelSynchronizesThroughTheKernelOnly() {
        holds(noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.."));
        holds(noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Thread|invoke\\.(VarHandle|MethodHandles.*))"));
    }

    @Test
    void coreDoesNotPrint() {
        holds(noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err"));
    }

    /** Same seed, same schedule; only a watchdog below the seam may look at the clock. */
    @Test
    void coreHasNoClock() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(HOME + "kernel..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void coreRollsNoDice() {
        holds(noClasses()
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class));
    }

    /** A room may still be empty for a rule; {@link #scanFoundTheRoom} says that none is. */
    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }
}
