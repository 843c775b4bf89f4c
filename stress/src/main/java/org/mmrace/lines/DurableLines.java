package org.mmrace.lines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A text file that grows line by line. A line is on the disk when {@link #append} returns; one that was cut off by a
 * crash is dropped when the file is opened again.
 */
public final class DurableLines implements AutoCloseable {
    private final FileChannel file;

    private DurableLines(FileChannel file) {
        this.file = file;
    }

    /**
     * The whole lines of a file; none when it does not exist.
     *
     * @throws IOException when it cannot be read
     */
    public static List<String> read(Path path) throws IOException {
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        return new String(bytes, 0, whole(bytes), UTF_8).lines().toList();
    }

    /**
     * Opens a file to append to it; makes it if it does not exist.
     *
     * @throws IOException when it cannot be read or written
     */
    public static DurableLines open(Path path) throws IOException {
        int whole = Files.exists(path) ? whole(Files.readAllBytes(path)) : 0;
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(whole);
        file.position(whole);
        return new DurableLines(file);
    }

    private static int whole(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /**
     * Appends a line, without its end.
     *
     * @throws IOException when it cannot be written
     */
    public synchronized void append(String line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
