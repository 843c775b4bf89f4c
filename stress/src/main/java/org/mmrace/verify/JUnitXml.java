package org.mmrace.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.StringJoiner;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report as the JUnit XML that CI servers read: one suite per checker, one case per test. */
public final class JUnitXml {
    private static final String UTF_8 = "UTF-8";

    /** Stands for characters that XML 1.0 has not, not even escaped. */
    private static final String REPLACEMENT = "\uFFFD";

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes the file, in place of one that is there.
     *
     * @param report what was found
     * @param started when, for the time stamp of the suite
     * @param directory where {@code verify-CHECKER.xml} goes
     * @return the file
     */
    public static Path write(VerifyReport report, Instant started, Path directory) throws IOException {
        Path file = file(directory, report.plan().checker());
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, UTF_8);
            xml.writeStartDocument(UTF_8, "1.0");
            new JUnitXml(xml).suite(report, started);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
        return file;
    }

    /** Removes the file of an earlier run, which a run that is killed must not leave behind as its own. */
    public static void deleteIn(Path directory, Checker checker) throws IOException {
        Files.deleteIfExists(file(directory, checker));
    }

    private static Path file(Path directory, Checker checker) {
        return directory.resolve("verify-" + checker.term() + ".xml");
    }

    private void suite(VerifyReport report, Instant started) throws XMLStreamException {
        boolean broken = report.broken() != null;
        long errors = report.count(Verdict.ERROR) + (broken ? 1 : 0);
        start("testsuite");
        attribute("name", "mmrace verify " + report.plan().checker().term());
        attribute("tests", String.valueOf(report.tests().size() + (broken ? 1 : 0)));
        attribute("failures", String.valueOf(report.failures().size() - report.count(Verdict.ERROR)));
        attribute("errors", String.valueOf(errors));
        attribute("skipped", String.valueOf(report.count(Verdict.NOT_SEEN) + report.count(Verdict.NOT_REACHED)));
        attribute("time", seconds(report.elapsed()));
        attribute(
                "timestamp", started.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
        for (TestReport test : report.tests()) {
            testCase(test);
        }
        if (report.broken() != null) {
            brokenOff(report.plan().checker(), report.broken());
        }
        end();
    }

    private void testCase(TestReport test) throws XMLStreamException {
        String name = test.shortName();
        String packageName = test.name().substring(0, test.name().length() - name.length());
        int dot = name.indexOf('.');
        start("testcase");
        attribute("classname", dot < 0 ? test.name() : packageName + name.substring(0, dot));
        attribute("name", dot < 0 ? name : name.substring(dot + 1));
        attribute("time", seconds(test.time()));
        switch (test.verdict()) {
            case OK, SEEN -> {
                if (!test.outcomes().isEmpty()) {
                    element("system-out", "", table(test));
                }
            }
            case NOT_SEEN, NOT_REACHED -> element("skipped", test.verdict().label(), table(test));
            case ERROR -> element("error", test.verdict().label(), table(test) + test.details());
            case FORBIDDEN, FAILED, BLIND, DID_NOT_RUN ->
                element("failure", test.verdict().label(), table(test) + test.details());
        }
        end();
    }

    /** A case of its own: a run that broke off must not look green. */
    private void brokenOff(Checker checker, VerifyReport.Broken broken) throws XMLStreamException {
        start("testcase");
        attribute("classname", "mmrace.verify");
        attribute("name", checker.term() + " comes to its own end");
        element("error", broken.reason(), String.join("\n", broken.lastLines()));
        end();
    }

    private static String table(TestReport test) {
        StringJoiner text = new StringJoiner("\n", "", "\n").setEmptyValue("");
        test.outcomes().forEach(outcome -> text.add(VerifyText.line(outcome)));
        return text.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1e3);
    }

    private void start(String name) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(name);
    }

    private void end() throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value).replaceAll("\\s+", " "));
    }

    private void element(String name, String message, String text) throws XMLStreamException {
        start(name);
        if (!message.isEmpty()) {
            attribute("message", message);
        }
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", REPLACEMENT);
    }
}
