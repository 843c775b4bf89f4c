package org.mmrace.explore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.mmrace.kernel.Kernel;

/** What the scheduler may use: nothing that would let two runs with one seed differ. */
class ArchitectureTest {
    private static final JavaClasses EXPLORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mmrace.explore");

    @Test
    void scanFoundTheClasses() {
        assertThat(EXPLORE.size()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void dependsOnNothingButTheModel() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "org.mmrace..")
                .check(EXPLORE);
    }

    /** The table of strategies stands above all of them, and below whoever chooses from it. */
    @Test
    void importsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("engine")
                .definedBy("org.mmrace.explore")
                .layer("strategy")
                .definedBy("org.mmrace.explore.strategy")
                .layer("dpor")
                .definedBy("org.mmrace.explore.dpor")
                .layer("choose")
                .definedBy("org.mmrace.explore.choose")
                .layer("scenario")
                .definedBy("org.mmrace.explore.scenario")
                .layer("trace")
                .definedBy("org.mmrace.explore.trace")
                .layer("minimise")
                .definedBy("org.mmrace.explore.minimise")
                .layer("race")
                .definedBy("org.mmrace.explore.race")
                .layer("linearize")
                .definedBy("org.mmrace.explore.linearize")
                .whereLayer("linearize")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("race")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("trace")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("minimise")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("scenario")
                .mayOnlyBeAccessedByLayers("trace", "minimise", "race")
                .whereLayer("choose")
                .mayOnlyBeAccessedByLayers("scenario")
                .whereLayer("dpor")
                .mayOnlyBeAccessedByLayers("choose")
                .whereLayer("strategy")
                .mayOnlyBeAccessedByLayers("choose", "scenario", "minimise", "race")
                .check(EXPLORE);
    }

    @Test
    void hasOneKernel() {
        assertThat(EXPLORE.stream().filter(type -> type.isAssignableTo(Kernel.class)))
                .extracting(JavaClass::getSimpleName)
                .containsExactly("ControlledKernel");
    }

    @Test
    void hasNoClockAndRollsNoDiceOfItsOwn() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class)
                .check(EXPLORE);
    }

    @Test
    void doesNotPrint() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(EXPLORE);
    }
}
