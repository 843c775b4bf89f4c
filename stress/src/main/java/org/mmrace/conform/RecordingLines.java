package org.mmrace.conform;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a file, unpacked if it is compressed, and checked to be UTF-8. One line at a time is in memory. */
final class RecordingLines {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LINE_BYTES_MAX = 1 << 24;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final String source;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[BUFFER_BYTES];
    private int length;
    private CharBuffer text = CharBuffer.allocate(BUFFER_BYTES);
    private int number;

    private RecordingLines(String source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    /** Lines of plain or compressed text; the first two bytes tell. */
    static RecordingLines of(String source, InputStream raw) throws IOException {
        BufferedInputStream start = new BufferedInputStream(raw, BUFFER_BYTES);
        start.mark(2);
        boolean packed = start.read() == GZIP_MAGIC_1 && start.read() == GZIP_MAGIC_2;
        start.reset();
        if (!packed) {
            return new RecordingLines(source, start);
        }
        try {
            return new RecordingLines(source, new GZIPInputStream(start, BUFFER_BYTES));
        } catch (EOFException | ZipException e) {
            throw broken(new Place(source, 1), 1, e);
        }
    }

    /** Goes on to the next line. */
    boolean next() throws IOException {
        length = 0;
        number++;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            append(start, position - start);
            if (position < limit) {
                position++;
                break;
            }
        }
        if (any) {
            decode();
        }
        return any;
    }

    /** Where the current line is. */
    Place place() {
        return new Place(source, number);
    }

    /** The characters of the current line; valid until the next one. */
    char[] characters() {
        return text.array();
    }

    /** How many of the characters are the line's. */
    int length() {
        return text.position();
    }

    boolean isBlank() {
        for (int i = 0; i < text.position(); i++) {
            if (text.array()[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        try {
            limit = Math.max(0, in.read(buffer));
        } catch (EOFException | ZipException e) {
            throw broken(place(), length + 1, e);
        }
        return limit > 0;
    }

    private static MalformedRecordingException broken(Place place, int column, IOException e) {
        return place.error(
                column,
                e instanceof EOFException
                        ? "expected more compressed data, found the end of the file (a truncated gzip)"
                        : "expected gzip data, found something else (" + e.getMessage() + ")");
    }

    private void append(int start, int count) {
        if (length + count > LINE_BYTES_MAX) {
            throw place().error(LINE_BYTES_MAX, "expected a line of at most " + LINE_BYTES_MAX + " bytes, found more");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        System.arraycopy(buffer, start, line, length, count);
        length += count;
    }

    private void decode() {
        if (text.capacity() < length) {
            text = CharBuffer.allocate(line.length);
        }
        text.clear();
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        CoderResult result = decoder.reset().decode(bytes, text, true);
        if (result.isError()) {
            String found = String.format("0x%02x", bytes.get(bytes.position()));
            throw place().error(text.position() + 1, "expected text in UTF-8, found the byte " + found);
        }
    }
}
