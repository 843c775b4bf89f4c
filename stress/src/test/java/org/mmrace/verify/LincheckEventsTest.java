package org.mmrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On events that JUnit 5.14 wrote. */
class LincheckEventsTest {
    private static final String CLASS = "[engine:junit-jupiter]/[class:org.mmrace.lincheck.XLincheckTest]";
    private static final String HEAD = """
            <?xml version="1.0" ?>
            <e:events xmlns="https://schemas.opentest4j.org/reporting/core/0.2.0"\
             xmlns:e="https://schemas.opentest4j.org/reporting/events/0.2.0"\
             xmlns:java="https://schemas.opentest4j.org/reporting/java/0.2.0"\
             xmlns:junit="https://schemas.junit.org/open-test-reporting">
            """;

    @TempDir
    private Path dir;

    private static String started(int id, String uniqueId, String name, String type) {
        return "<e:started id=\"" + id + "\" name=\"" + name + "\" time=\"2026-11-24T23:58:02.5Z\"><metadata>"
                + "<junit:uniqueId>" + uniqueId + "</junit:uniqueId><junit:type>" + type
                + "</junit:type></metadata></e:started>\n";
    }

    private static String finished(int id, String result) {
        return "<e:finished id=\"" + id + "\" time=\"2026-11-24T23:58:04.75Z\">" + result + "</e:finished>\n";
    }

    private LincheckEvents read(String body) throws IOException {
        return LincheckEvents.read(Files.writeString(dir.resolve("events.xml"), HEAD + body, UTF_8));
    }

    private static PlannedTest planned(String id, String name) {
        return new PlannedTest(CLASS + id, "org.mmrace.lincheck." + name, 1, false);
    }

    private static List<TestReport> graded(LincheckEvents events, PlannedTest test) {
        return new LincheckGrading(events.complete(), events.events()).grade(test);
    }

    @Test
    void successHasItsTimeAndNumbers() throws IOException {
        LincheckEvents events = read(started(1, CLASS + "/[method:a()]", "a()", "TEST")
                + "<e:reported id=\"1\"><attachments><data><entry key=\"invocations\">10000</entry></data></attachments>"
                + "</e:reported><e:reported id=\"1\"><attachments><data><entry key=\"note\">x</entry></data>"
                + "</attachments></e:reported>"
                + finished(1, "<result status=\"SUCCESSFUL\"></result>") + "</e:events>");
        assertThat(graded(events, planned("/[method:a()]", "XLincheckTest.a")))
                .containsExactly(new TestReport(
                        "org.mmrace.lincheck.XLincheckTest.a",
                        Verdict.OK,
                        List.of(new Outcome("invocations", 10_000, Expectation.NUMBER, "")),
                        Duration.ofMillis(2250),
                        ""));
    }

    @Test
    void failureKeepsTheWholeReport() throws IOException {
        String throwable = "<result status=\"FAILED\"><java:throwable assertionError=\"true\" type=\"T\">"
                + "<![CDATA[= Invalid execution results =\n| 1 | 2 |]]]]><![CDATA[>]]></java:throwable></result>";
        LincheckEvents events =
                read(started(1, CLASS + "/[method:a()]", "a()", "TEST") + finished(1, throwable) + "</e:events>");
        TestReport report =
                graded(events, planned("/[method:a()]", "XLincheckTest.a")).get(0);
        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(report.details()).isEqualTo("= Invalid execution results =\n| 1 | 2 |]]>");
        assertThat(graded(events, planned("/[method:a()]", "CanaryLincheckTest.a"))
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.BLIND);
    }

    @Test
    void parametersAreReportedOneByOne() throws IOException {
        String template = CLASS + "/[test-template:f(E)]";
        LincheckEvents events = read(started(1, template, "f(E)", "CONTAINER")
                + started(2, template + "/[test-template-invocation:#1]", "[1] B25", "TEST")
                + finished(2, "<result status=\"SUCCESSFUL\"></result>")
                + finished(1, "<result status=\"SUCCESSFUL\"></result>") + "</e:events>");
        assertThat(graded(events, planned("/[test-template:f(E)]", "XLincheckTest.f")))
                .extracting(TestReport::shortName)
                .containsExactly("XLincheckTest.f [1] B25");
    }

    @Test
    void skippedAbortedAndMissingTestsDidNotRun() throws IOException {
        LincheckEvents events = read(started(1, CLASS + "/[method:a()]", "a()", "TEST")
                + finished(1, "<result status=\"SKIPPED\"><reason>not today</reason></result>")
                + started(2, CLASS + "/[method:b()]", "b()", "TEST")
                + finished(2, "<result status=\"ABORTED\"></result>") + "</e:events>");
        TestReport skipped =
                graded(events, planned("/[method:a()]", "XLincheckTest.a")).get(0);
        assertThat(skipped.verdict()).isEqualTo(Verdict.DID_NOT_RUN);
        assertThat(skipped.details()).isEqualTo("not today");
        for (String method : List.of("b", "c")) {
            assertThat(graded(events, planned("/[method:" + method + "()]", "XLincheckTest." + method)))
                    .extracting(TestReport::verdict)
                    .containsExactly(Verdict.DID_NOT_RUN);
        }
    }

    @Test
    void brokenContainerFailsItsTests() throws IOException {
        LincheckEvents events = read(started(1, CLASS, "XLincheckTest", "CONTAINER")
                + finished(
                        1,
                        "<result status=\"FAILED\"><java:throwable assertionError=\"false\" type=\"T\">"
                                + "before all</java:throwable></result>")
                + "</e:events>");
        TestReport report =
                graded(events, planned("/[method:a()]", "XLincheckTest.a")).get(0);
        assertThat(report.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(report.details()).isEqualTo("before all");
    }

    @Test
    void fileWithoutAnEndKeepsWhatIsThere() throws IOException {
        LincheckEvents events = read(started(1, CLASS + "/[method:a()]", "a()", "TEST")
                + finished(1, "<result status=\"SUCCESSFUL\"></result>")
                + started(2, CLASS + "/[method:b()]", "b()", "TEST") + "<e:finished id=\"2\" ti");
        assertThat(events.complete()).isFalse();
        assertThat(graded(events, planned("/[method:a()]", "XLincheckTest.a"))
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(graded(events, planned("/[method:b()]", "XLincheckTest.b"))
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.NOT_REACHED);
    }

    @Test
    void discoveryListsEveryMethodOnce() {
        LincheckDiscovery discovery = new LincheckDiscovery();
        """
                | +-- CanaryLincheckTest
                | | +-- stressSeesALostIncrement()
                | | |      tags: []
                | | |  uniqueId: [engine:junit-jupiter]/[class:org.x.CanaryLincheckTest]/[method:stress()]
                | | |    parent: [engine:junit-jupiter]/[class:org.x.CanaryLincheckTest]
                | | |    source: MethodSource [className = 'org.x.CanaryLincheckTest', methodName = 'stress', \
                methodParameterTypes = '']
                """.lines().forEach(discovery::line);
        assertThat(discovery.tests())
                .containsExactly(new PlannedTest(
                        "[engine:junit-jupiter]/[class:org.x.CanaryLincheckTest]/[method:stress()]",
                        "org.x.CanaryLincheckTest.stress",
                        1,
                        false));
    }
}
