package org.mmrace.conform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All the words that one field of a recording may hold. */
final class Vocabulary<T> {
    /** Longer lists do not fit in one line of an error message. */
    private static final int LISTED_MAX = 10;

    private final String kind;
    private final Map<String, T> terms = new LinkedHashMap<>();

    private Vocabulary(String kind) {
        this.kind = kind;
    }

    static <T extends Term> Vocabulary<T> of(String kind, T[] values) {
        Vocabulary<T> vocabulary = new Vocabulary<>(kind);
        for (T value : values) {
            vocabulary.terms.put(value.term(), value);
        }
        return vocabulary;
    }

    static Vocabulary<String> ofWords(String kind, String... words) {
        Vocabulary<String> vocabulary = new Vocabulary<>(kind);
        for (String word : words) {
            vocabulary.terms.put(word, word);
        }
        return vocabulary;
    }

    @Nullable
    T find(String term) {
        return terms.get(term);
    }

    /** What an error message says was expected. */
    @Override
    public String toString() {
        return terms.size() > LISTED_MAX ? kind : kind + " (" + String.join(", ", terms.keySet()) + ")";
    }
}
