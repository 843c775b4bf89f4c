package org.mmrace.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The pages about faults and findings, which the build puts into the jar. */
final class Pages {
    private static final int COLUMNS_MAX = 100;

    private Pages() {}

    /**
     * The page of a fault or finding as plain text.
     *
     * @throws FileNotFoundException when the jar has none
     */
    static String text(String id) throws IOException {
        try (InputStream in = Pages.class.getResourceAsStream("pages/" + id + ".md")) {
            if (in == null) {
                throw new FileNotFoundException("the page of " + id + " is missing from the jar");
            }
            return MarkdownText.of(new String(in.readAllBytes(), StandardCharsets.UTF_8), COLUMNS_MAX);
        }
    }
}
