package org.mmrace.conform;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stands.
 *
 * @param column its first character, from 1
 * @param nameColumn that of its name, for a member of an object
 * @param kind says what {@code value} is
 */
record JsonAt(
        Place place,
        int column,
        int nameColumn,
        Kind kind,
        @Nullable Object value) {
    private static final int SHOWN_MAX = 40;

    enum Kind {
        /** {@code Map<String, JsonAt>}. */
        OBJECT,
        /** {@code List<JsonAt>}. */
        LIST,
        /** {@code String}. */
        STRING,
        /** {@code Long}. */
        INTEGER,
        /** A number that no field of a recording can hold, as {@code String}. */
        ODD_NUMBER,
        /** {@code Boolean}. */
        BOOLEAN,
        /** null. */
        NULL
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    @SuppressWarnings("unchecked")
    Map<String, JsonAt> members() {
        return kind == Kind.OBJECT && value != null ? (Map<String, JsonAt>) value : Map.of();
    }

    @SuppressWarnings("unchecked")
    List<JsonAt> items() {
        return kind == Kind.LIST && value != null ? (List<JsonAt>) value : List.of();
    }

    long integer() {
        return value instanceof Long number ? number : 0;
    }

    /** For the part of an error message that says what is there instead. */
    String found() {
        return switch (kind) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case STRING -> '"' + printable(String.valueOf(value)) + '"';
            case ODD_NUMBER -> printable(String.valueOf(value));
            case INTEGER, BOOLEAN, NULL -> String.valueOf(value);
        };
    }

    MalformedRecordingException expected(String what) {
        return place.error(column, "expected " + what + ", found " + found());
    }

    /** On one line, and not all of a long text. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_MAX)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c));
        return text.codePointCount(0, text.length()) > SHOWN_MAX ? shown + "..." : shown.toString();
    }
}
