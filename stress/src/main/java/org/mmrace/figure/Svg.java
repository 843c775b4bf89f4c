package org.mmrace.figure;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one picture. Coordinates are in pixels from the top left corner. */
final class Svg {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** A picture of this size, with a title for those who cannot see it. */
    Svg(int width, int height, String title) {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
            attributes("width", String.valueOf(width), "height", String.valueOf(height));
            attributes("viewBox", "0 0 " + width + " " + height, "role", "img");
            attributes("font-family", "sans-serif", "font-size", "12");
            xml.writeStartElement("title");
            xml.writeCharacters(title);
            xml.writeEndElement();
            element("rect", "width", String.valueOf(width), "height", String.valueOf(height), "fill", "#ffffff");
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /** A string cannot refuse to be written. */
    private static IllegalStateException unexpected(XMLStreamException e) {
        return new IllegalStateException(e);
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** An element without content. */
    void element(String name, String... namesAndValues) {
        try {
            newLine();
            xml.writeEmptyElement(name);
            attributes(namesAndValues);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /** A line from one point to another. */
    void line(double x1, double y1, double x2, double y2, String colour) {
        element("line", "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2), "stroke", colour);
    }

    /** A line of text at a point, {@code "start"}, {@code "middle"} or {@code "end"} of it. */
    void text(double x, double y, String anchor, String words, String... namesAndValues) {
        try {
            newLine();
            xml.writeStartElement("text");
            attributes("x", number(x), "y", number(y), "text-anchor", anchor);
            attributes(namesAndValues);
            xml.writeCharacters(words);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** The whole file. */
    String finish() {
        try {
            newLine();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        return text + "\n";
    }

    /** With two decimals at most. */
    static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.replaceAll("\\.?0+$", "");
    }
}
