package org.mmrace.scenario;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The language knows the model's data and its own parser, and shows nobody the parser. */
class ArchitectureTest {
    private static final JavaClasses SCENARIO = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mmrace.scenario");

    @Test
    void scanFoundTheClasses() {
        assertThat(SCENARIO.size()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void arrowsRunOneWay() {
        classes()
                .that()
                .resideInAPackage("org.mmrace.scenario..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.antlr..",
                        "org.mmrace.scenario..",
                        "org.mmrace.script..",
                        "org.mmrace.op..",
                        "org.mmrace.check..",
                        "org.mmrace.mm..",
                        "org.mmrace.fault..",
                        "org.mmrace.kernel..")
                .check(SCENARIO);
    }

    @Test
    void nobodyElseSeesTheParser() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("org.mmrace.scenario")
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .haveRawReturnType(
                        JavaClass.Predicates.resideOutsideOfPackages("org.antlr..", "org.mmrace.scenario.grammar.."))
                .check(SCENARIO);
    }
}
