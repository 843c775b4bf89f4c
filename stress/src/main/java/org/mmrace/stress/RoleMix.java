package org.mmrace.stress;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** How often each role is played, relative to the others. Immutable. */
public final class RoleMix {
    private static final RoleKind[] ROLES = RoleKind.values();

    /**
     * {@code inserter=3,unmapper=1,pinner=2,protector=1,faulter=4,forker=0.1,cleaner=0.3,reclaimer=0.3}: what drivers
     * and processes do, with writeback and reclaim in the background.
     */
    public static final RoleMix DEFAULT = new RoleMix(Arrays.stream(ROLES)
            .collect(Collectors.toMap(role -> role, RoleKind::defaultWeight, (a, b) -> a, RoleMix::emptyMap)));

    private final EnumMap<RoleKind, Double> weights;
    private final double[] thresholds = new double[ROLES.length];

    private RoleMix(EnumMap<RoleKind, Double> weights) {
        this.weights = weights;
        double sum = 0;
        for (RoleKind role : ROLES) {
            sum += weights.getOrDefault(role, 0.0);
            thresholds[role.ordinal()] = sum;
        }
    }

    private static EnumMap<RoleKind, Double> emptyMap() {
        return new EnumMap<>(RoleKind.class);
    }

    /**
     * Reads {@code role=weight,role=weight}. Roles that are not named are not played.
     *
     * @throws IllegalArgumentException when it is no mix; the message says why
     */
    public static RoleMix parse(String text) {
        EnumMap<RoleKind, Double> weights = emptyMap();
        for (String part : text.split(",", -1)) {
            List<String> sides = List.of(part.split("=", -1));
            if (sides.size() != 2) {
                throw new IllegalArgumentException("mix: '" + part.strip() + "' is not of the form role=weight");
            }
            RoleKind role = role(sides.get(0).strip());
            if (weights.put(role, weight(role, sides.get(1).strip())) != null) {
                throw new IllegalArgumentException("mix: " + role.label() + " is given twice");
            }
        }
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("mix: every weight is 0, so there is nothing to do");
        }
        return new RoleMix(weights);
    }

    private static RoleKind role(String name) {
        for (RoleKind role : ROLES) {
            if (role.label().equals(name.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        String known = Arrays.stream(ROLES).map(RoleKind::label).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("mix: unknown role '" + name + "'; there are " + known);
    }

    private static double weight(RoleKind role, String text) {
        double weight;
        try {
            weight = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("mix: weight '" + text + "' of " + role.label() + " is not a number", e);
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "mix: weight " + text + " of " + role.label() + " must be 0 or more, and finite");
        }
        return weight;
    }

    /** The weight of a role. */
    public double weight(RoleKind role) {
        return weights.getOrDefault(role, 0.0);
    }

    /** A role, drawn by weight. */
    RoleKind pick(SplittableRandom random) {
        double at = random.nextDouble() * thresholds[thresholds.length - 1];
        int i = 0;
        while (at >= thresholds[i]) {
            i++;
        }
        return ROLES[i];
    }

    /** All weights by name, for files. */
    public Map<String, Double> byName() {
        return weights.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().label(),
                        Map.Entry::getValue,
                        (a, b) -> a,
                        java.util.LinkedHashMap::new));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return weights.entrySet().stream()
                .map(entry -> entry.getKey().label() + "=" + number(entry.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String number(double value) {
        return value == Math.rint(value) && value < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
