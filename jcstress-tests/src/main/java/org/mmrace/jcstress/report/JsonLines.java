package org.mmrace.jcstress.report;

import java.io.OutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object per line, in UTF-8. */
final class JsonLines implements AutoCloseable {
    private final JsonGenerator json;

    JsonLines(OutputStream out) {
        json = JsonFactory.builder().rootValueSeparator("").build().createGenerator(ObjectWriteContext.empty(), out);
    }

    /** One line; {@code members} writes what is between the braces. */
    void line(Consumer<JsonGenerator> members) {
        json.writeStartObject();
        members.accept(json);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() {
        json.close();
    }
}
