package org.mmrace.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, taken one by one with their types checked; {@link #end} complains about the rest. */
final class Fields {
    private static final int TEXT_MAX = 1000;
    private static final int LIST_MAX = 10_000;

    private final JsonAt object;
    private final String what;
    private final Map<String, JsonAt> left;

    /**
     * A view of a value that must be an object.
     *
     * @param what names it in messages, with its article
     */
    Fields(JsonAt object, String what) {
        if (object.kind() != JsonAt.Kind.OBJECT) {
            throw object.expected(what + " (an object)");
        }
        this.object = object;
        this.what = what;
        this.left = new LinkedHashMap<>(object.members());
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    /** Null also for a field that is there and null. */
    @Nullable
    JsonAt optional(String name) {
        JsonAt field = left.remove(name);
        return field == null || field.isNull() ? null : field;
    }

    JsonAt require(String name) {
        JsonAt field = left.remove(name);
        if (field == null) {
            throw object.place().error(object.column(), "expected \"" + name + "\" in " + what + ", found none");
        }
        return field;
    }

    Fields object(String name, String called) {
        return new Fields(require(name), called);
    }

    String text(String name) {
        return text(require(name), "a string for \"" + name + "\"");
    }

    String text(String name, Pattern pattern, String kind) {
        JsonAt field = require(name);
        String text = text(field, kind + " for \"" + name + "\"");
        if (!pattern.matcher(text).matches()) {
            throw field.expected(kind + " for \"" + name + "\"");
        }
        return text;
    }

    int number(String name, int min, int max) {
        JsonAt field = require(name);
        if (field.kind() != JsonAt.Kind.INTEGER || field.integer() < min || field.integer() > max) {
            throw field.expected("a number from " + min + " to " + max + " for \"" + name + "\"");
        }
        return (int) field.integer();
    }

    boolean flag(String name) {
        JsonAt field = require(name);
        if (field.value() instanceof Boolean flag) {
            return flag;
        }
        throw field.expected("true or false for \"" + name + "\"");
    }

    <T> T term(String name, Vocabulary<T> vocabulary) {
        return term(require(name), name, vocabulary);
    }

    <T> List<T> terms(String name, Vocabulary<T> vocabulary, int min, int max) {
        List<T> terms = new ArrayList<>();
        for (JsonAt item : list(name, min, max)) {
            terms.add(term(item, name, vocabulary));
        }
        return terms;
    }

    List<String> texts(String name, Pattern pattern, String kind) {
        List<String> texts = new ArrayList<>();
        for (JsonAt item : list(name, 0, LIST_MAX)) {
            String text = text(item, kind + " in \"" + name + "\"");
            if (!pattern.matcher(text).matches()) {
                throw item.expected(kind + " in \"" + name + "\"");
            }
            texts.add(text);
        }
        return texts;
    }

    List<JsonAt> list(String name, int min, int max) {
        JsonAt field = require(name);
        if (field.kind() != JsonAt.Kind.LIST) {
            throw field.expected("a list for \"" + name + "\"");
        }
        int size = field.items().size();
        if (size < min || size > max) {
            throw field.place()
                    .error(
                            field.column(),
                            "expected " + min + " to " + max + " items in \"" + name + "\", found " + size);
        }
        return field.items();
    }

    /** All fields that are left, in their order. */
    Map<String, JsonAt> rest() {
        Map<String, JsonAt> rest = new LinkedHashMap<>(left);
        left.clear();
        return rest;
    }

    /** Every field has been taken. */
    void end() {
        left.forEach((name, field) -> {
            throw unknown(name, field, what);
        });
    }

    static MalformedRecordingException unknown(String name, JsonAt field, String what) {
        return field.place()
                .error(
                        field.nameColumn(),
                        "expected only known fields in " + what + ", found \"" + JsonAt.printable(name) + "\"");
    }

    private static <T> T term(JsonAt field, String name, Vocabulary<T> vocabulary) {
        String expected = vocabulary + " for \"" + name + "\"";
        T term = vocabulary.find(text(field, expected));
        if (term == null) {
            throw field.expected(expected);
        }
        return term;
    }

    private static String text(JsonAt field, String expected) {
        if (field.value() instanceof String text && field.kind() == JsonAt.Kind.STRING) {
            if (text.isEmpty() || text.length() > TEXT_MAX) {
                throw field.expected(expected + " of 1 to " + TEXT_MAX + " characters");
            }
            return text;
        }
        throw field.expected(expected);
    }
}
