package org.mmrace.verify;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the events that JUnit writes while it runs (Open Test Reporting 0.2). A file without an end is read as far as
 * it goes: its writer was killed.
 */
final class LincheckEvents {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private String current = "";
    private String numberName = "";
    private boolean complete;

    /** What is known of one test or container so far. */
    private static final class Entry {
        private String uniqueId = "";
        private String name = "";
        private boolean test;
        private LincheckEvent.Status status = LincheckEvent.Status.STARTED;
        private Instant started = Instant.EPOCH;
        private Instant finished = Instant.EPOCH;
        private String message = "";
        private boolean assertion;
        private final List<Outcome> numbers = new ArrayList<>();

        private LincheckEvent event() {
            Duration time = finished.isBefore(started) ? Duration.ZERO : Duration.between(started, finished);
            return new LincheckEvent(uniqueId, name, test, status, time, message, assertion, numbers);
        }
    }

    private LincheckEvents() {}

    /** Reads a file; one that does not exist has no events. */
    static LincheckEvents read(Path file) throws IOException {
        LincheckEvents events = new LincheckEvents();
        if (!Files.exists(file)) {
            return events;
        }
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    events.element(xml);
                }
            }
            events.complete = true;
        } catch (XMLStreamException e) {
            events.complete = false; // cut short
        }
        return events;
    }

    private void element(XMLStreamReader xml) throws XMLStreamException {
        switch (xml.getLocalName()) {
            case "started" -> {
                current = attribute(xml, "id");
                entry().name = attribute(xml, "name");
                entry().started = Instant.parse(attribute(xml, "time"));
            }
            case "uniqueId" -> entry().uniqueId = xml.getElementText();
            case "type" -> entry().test = xml.getElementText().contains("TEST");
            case "reported" -> current = attribute(xml, "id");
            case "entry" -> {
                numberName = attribute(xml, "key");
                number(xml.getElementText());
            }
            case "finished" -> {
                current = attribute(xml, "id");
                entry().finished = Instant.parse(attribute(xml, "time"));
            }
            case "result" -> entry().status = LincheckEvent.Status.valueOf(attribute(xml, "status"));
            case "throwable" -> {
                entry().assertion = Boolean.parseBoolean(attribute(xml, "assertionError"));
                entry().message = xml.getElementText();
            }
            case "reason" -> entry().message = xml.getElementText();
            default -> numberName = "";
        }
    }

    private static String attribute(XMLStreamReader xml, String name) {
        return Objects.requireNonNullElse(xml.getAttributeValue(null, name), "");
    }

    private Entry entry() {
        return entries.computeIfAbsent(current, id -> new Entry());
    }

    /** Entries that are no numbers are for other readers. */
    private void number(String text) {
        try {
            long value = new BigDecimal(text.strip()).longValue();
            entry().numbers.add(new Outcome(numberName, value, Expectation.NUMBER, ""));
        } catch (NumberFormatException e) {
            numberName = "";
        }
    }

    /** In the order in which they started. */
    List<LincheckEvent> events() {
        return entries.values().stream().map(Entry::event).toList();
    }

    /** Whether JUnit came to its own end. */
    boolean complete() {
        return complete;
    }
}
