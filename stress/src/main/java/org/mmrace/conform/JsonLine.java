package org.mmrace.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Parses one line of JSON into values that know where they stand. */
final class JsonLine {
    /** Of a recording: case, steps, step, expect, a list; and some more. */
    private static final int DEPTH_MAX = 16;

    /** More digits may not fit in a long. */
    private static final int DIGITS_MAX = 18;

    /** How Jackson begins to say that the text ended too early. */
    private static final String END = "Unexpected end-of-input";

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Place place;
    private final JsonParser parser;

    private JsonLine(Place place, JsonParser parser) {
        this.place = place;
        this.parser = parser;
    }

    static JsonAt parse(Place place, char[] text, int length) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text, 0, length)) {
            JsonLine line = new JsonLine(place, parser);
            parser.nextToken();
            JsonAt root = line.value(0, 0);
            if (parser.nextToken() != null) {
                throw line.value(0, 0).expected("the end of the line");
            }
            return root;
        } catch (JacksonException e) {
            String problem = problem(e);
            throw problem.startsWith(END)
                    ? place.error(length + 1, "expected the rest of the JSON object, found the end of the line")
                    : place.error(Math.max(1, e.getLocation().getColumnNr()), "expected JSON: " + problem);
        }
    }

    /** The first sentence: what follows repeats, in other words, where it happened. */
    private static String problem(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        String line = message.lines().findFirst().orElse("");
        int source = line.indexOf(" (start marker at");
        return source < 0 ? line : line.substring(0, source);
    }

    private int column() {
        return parser.currentTokenLocation().getColumnNr();
    }

    /** The value at the current token. */
    private JsonAt value(int nameColumn, int depth) {
        int column = column();
        JsonToken token = parser.currentToken();
        if (depth > DEPTH_MAX) {
            throw place.error(column, "expected at most " + DEPTH_MAX + " levels, found one more");
        }
        return switch (token) {
            case START_OBJECT -> new JsonAt(place, column, nameColumn, JsonAt.Kind.OBJECT, members(depth));
            case START_ARRAY -> new JsonAt(place, column, nameColumn, JsonAt.Kind.LIST, items(depth));
            case VALUE_STRING -> new JsonAt(place, column, nameColumn, JsonAt.Kind.STRING, parser.getString());
            case VALUE_TRUE -> new JsonAt(place, column, nameColumn, JsonAt.Kind.BOOLEAN, true);
            case VALUE_FALSE -> new JsonAt(place, column, nameColumn, JsonAt.Kind.BOOLEAN, false);
            case VALUE_NULL -> new JsonAt(place, column, nameColumn, JsonAt.Kind.NULL, null);
            case VALUE_NUMBER_INT -> number(column, nameColumn);
            default -> new JsonAt(place, column, nameColumn, JsonAt.Kind.ODD_NUMBER, parser.getString());
        };
    }

    private JsonAt number(int column, int nameColumn) {
        return parser.getStringLength() > DIGITS_MAX
                ? new JsonAt(place, column, nameColumn, JsonAt.Kind.ODD_NUMBER, parser.getString())
                : new JsonAt(place, column, nameColumn, JsonAt.Kind.INTEGER, parser.getLongValue());
    }

    private Map<String, JsonAt> members(int depth) {
        Map<String, JsonAt> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            int nameColumn = column();
            String name = parser.currentName();
            parser.nextToken();
            if (members.put(name, value(nameColumn, depth + 1)) != null) {
                throw place.error(nameColumn, "expected \"" + JsonAt.printable(name) + "\" once, found it again");
            }
        }
        return members;
    }

    private List<JsonAt> items(int depth) {
        List<JsonAt> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(0, depth + 1));
        }
        return items;
    }
}
