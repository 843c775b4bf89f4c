package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.FlagWords;
import org.mmrace.scenario.grammar.ScnParser;
import org.mmrace.script.Nearest;

/** The attributes of one declaration: words, and pairs of a key and a value. Each may be taken once. */
final class Attributes {
    private final Report report;
    private final Token subject;
    private final Map<String, Token> words = new LinkedHashMap<>();
    private final Map<String, ScnParser.SettingContext> pairs = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    Attributes(Report report, Token subject, List<ScnParser.AttributeContext> attributes) {
        this.report = report;
        this.subject = subject;
        for (ScnParser.AttributeContext attribute : attributes) {
            if (attribute.pair() == null) {
                words.put(attribute.ID().getText(), attribute.getStart());
            } else {
                put(attribute.pair());
            }
        }
    }

    /** Of pairs alone. */
    static Attributes ofPairs(Report report, Token subject, List<ScnParser.PairContext> pairs) {
        Attributes attributes = new Attributes(report, subject, List.of());
        pairs.forEach(attributes::put);
        return attributes;
    }

    private void put(ScnParser.PairContext pair) {
        if (pairs.put(pair.key().getText(), pair.setting()) != null) {
            report.at(pair.getStart(), "'" + pair.key().getText() + "' is given twice");
        }
    }

    /** Whether this word is there. */
    boolean word(String word) {
        known.add(word);
        return words.remove(word) != null;
    }

    /** Whether this key is there. */
    boolean has(String key) {
        return pairs.containsKey(key);
    }

    /** The one of these words that is there; null, and a complaint unless {@code optional}, if none is. */
    @Nullable
    String oneOf(boolean optional, List<String> choices) {
        List<String> found = choices.stream().filter(this::word).toList();
        if (found.size() > 1) {
            report.at(subject, "'" + found.get(0) + "' and '" + found.get(1) + "' exclude each other");
        } else if (found.isEmpty() && !optional) {
            report.at(subject, "expected one of " + String.join(", ", choices));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private ScnParser.@Nullable SettingContext take(String key) {
        known.add(key + "=");
        return pairs.remove(key);
    }

    /** The token of a single word, null if the key is not there. */
    @Nullable
    Token token(String key) {
        ScnParser.SettingContext setting = take(key);
        if (setting == null) {
            return null;
        }
        if (setting instanceof ScnParser.ListSettingContext list
                && list.ID() == null
                && list.atom().size() == 1) {
            return setting.getStart();
        }
        report.at(setting.getStart(), "expected one word or number for " + key);
        return null;
    }

    /** A number, or {@code otherwise} if the key is not there. */
    int number(String key, int otherwise) {
        Token token = token(key);
        if (token == null) {
            return otherwise;
        }
        if (!token.getText().matches("\\d{1,6}")) {
            report.at(token, "expected a number of at most 6 digits for " + key);
            return otherwise;
        }
        return Integer.parseInt(token.getText());
    }

    /** A constant by its word, or {@code otherwise} if the key is not there. */
    <E extends Enum<E>> E constant(String key, E otherwise, Function<E, String> word) {
        Token token = token(key);
        return token == null ? otherwise : constant(token, otherwise, word);
    }

    <E extends Enum<E>> E constant(Token token, E otherwise, Function<E, String> word) {
        List<String> all = new ArrayList<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (word.apply(constant).equals(token.getText())) {
                return constant;
            }
            all.add(word.apply(constant));
        }
        report.unknown(token, "value", all);
        return otherwise;
    }

    /** {@code VM_*} flags, in their order. */
    List<String> vmFlags(String key) {
        ScnParser.SettingContext setting = take(key);
        if (setting == null) {
            return List.of();
        }
        List<String> flags = new ArrayList<>();
        for (Token token : words(setting)) {
            if (FlagWords.VM.has(token.getText())) {
                flags.add(token.getText());
            } else {
                report.unknown(token, "VMA flag", FlagWords.VM.names());
            }
        }
        return FlagWords.VM.inOrder(flags);
    }

    private static List<Token> words(ScnParser.SettingContext setting) {
        if (setting instanceof ScnParser.FlagsSettingContext flags) {
            return flags.ID().stream().map(id -> id.getSymbol()).toList();
        }
        return ((ScnParser.ListSettingContext) setting)
                .atom().stream().map(atom -> atom.getStart()).toList();
    }

    /** A list of names. */
    List<Token> names(String key) {
        ScnParser.SettingContext setting = take(key);
        return setting == null ? List.of() : words(setting);
    }

    /** A list with a word in front of it, such as {@code vm_insert_pages:A,Z}; null if the key is not there. */
    ScnParser.@Nullable ListSettingContext list(String key) {
        ScnParser.SettingContext setting = take(key);
        if (setting == null) {
            return null;
        }
        if (setting instanceof ScnParser.ListSettingContext list) {
            return list;
        }
        report.at(setting.getStart(), "expected a list for " + key);
        return null;
    }

    /** Complains of what nobody has taken. */
    void finish() {
        words.values().forEach(token -> report.unknown(token, "attribute", known));
        pairs.forEach((key, setting) -> {
            String near = Nearest.to(
                    key, known.stream().map(name -> name.replace("=", "")).toList());
            report.at(
                    setting.getParent() instanceof ScnParser.PairContext pair ? pair.getStart() : setting.getStart(),
                    "no attribute '" + key + "'" + (near == null ? "" : "; did you mean '" + near + "'?"));
        });
    }
}
