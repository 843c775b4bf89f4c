package org.mmrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JUnitXmlTest {
    private static final String NASTY = "<a href=\"x\"> & ]]> \u0000\u001b[31m \uD83D\uDE00 \uD800 end";

    @TempDir
    private Path dir;

    private static TestReport test(String name, Verdict verdict, String details) {
        Outcome outcome = new Outcome(NASTY, 3, Expectation.FORBIDDEN, NASTY);
        return new TestReport(
                "org.mmrace.jcstress." + name, verdict, List.of(outcome), Duration.ofMillis(1500), details);
    }

    private Element written(VerifyReport.@Nullable Broken broken, TestReport... tests) throws Exception {
        VerifyPlan plan = new VerifyPlan(Checker.JCSTRESS, List.of(), "quick", Duration.ZERO);
        VerifyReport report = new VerifyReport(plan, List.of(tests), Duration.ofSeconds(9), false, broken);
        Path file = JUnitXml.write(report, Instant.EPOCH, dir);
        assertThat(file.getFileName()).hasToString("verify-jcstress.xml");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        return document.getDocumentElement();
    }

    private static Element child(Element suite, String name) {
        NodeList found = suite.getElementsByTagName(name);
        assertThat(found.getLength()).isEqualTo(1);
        return (Element) found.item(0);
    }

    @Test
    void nastyCharactersStayWellFormedAndAreKept() throws Exception {
        Element suite = written(null, test("RwSemTests.Read" + NASTY, Verdict.FORBIDDEN, NASTY));
        assertThat(child(suite, "failure").getTextContent())
                .contains("<a href=\"x\"> & ]]> ", "\uD83D\uDE00", "end", "3 forbidden");
        assertThat(child(suite, "testcase").getAttribute("name")).startsWith("Read<a href=\"x\"> & ]]>");
    }

    @Test
    void countsSayWhatFailedAndWhatWasSkipped() throws Exception {
        Element suite = written(
                null,
                test("A.ok", Verdict.OK, ""),
                test("A.seen", Verdict.SEEN, ""),
                test("A.notSeen", Verdict.NOT_SEEN, ""),
                test("A.error", Verdict.ERROR, "VM_ERROR"),
                test("A.blind", Verdict.BLIND, ""),
                test("A.absent", Verdict.DID_NOT_RUN, ""),
                test("A.forbidden", Verdict.FORBIDDEN, ""));
        assertThat(suite.getAttribute("tests")).isEqualTo("7");
        assertThat(suite.getAttribute("failures")).isEqualTo("3");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(3);
        assertThat(child(suite, "error").getTextContent()).contains("VM_ERROR");
        assertThat(child(suite, "skipped").getAttribute("message")).isEqualTo("not seen");
        Element first = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("classname")).isEqualTo("org.mmrace.jcstress.A");
        assertThat(first.getAttribute("time")).isEqualTo("1.500");
    }

    @Test
    void runThatBrokeOffIsNotGreen() throws Exception {
        Element suite = written(
                new VerifyReport.Broken("jcstress was ended by signal 9", List.of("the last line")),
                test("A.ok", Verdict.OK, ""));
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(child(suite, "error").getAttribute("message")).isEqualTo("jcstress was ended by signal 9");
        assertThat(child(suite, "error").getTextContent()).isEqualTo("the last line");
    }
}
