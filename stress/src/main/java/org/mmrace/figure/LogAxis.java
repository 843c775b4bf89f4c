package org.mmrace.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * The horizontal axis: powers of ten at equal distances.
 *
 * @param low the power of ten at the left end
 * @param high the power of ten at the right end, larger
 * @param left where the left end is, in pixels
 * @param right where the right end is
 */
record LogAxis(int low, int high, double left, double right) {
    /** The narrowest one that has all of these, which are positive. */
    static LogAxis around(double least, double most, double left, double right) {
        int low = (int) Math.floor(Math.log10(least));
        return new LogAxis(low, Math.max(low + 1, (int) Math.ceil(Math.log10(most) - 1e-9)), left, right);
    }

    /** Where {@code value} is; what is less than the left end, such as 0, is there. */
    double at(double value) {
        double power = value <= 0 ? low : Math.max(low, Math.log10(value));
        return left + (power - low) / (high - low) * (right - left);
    }

    /** Where the labels are. */
    List<Integer> powers() {
        List<Integer> powers = new ArrayList<>();
        for (int power = low; power <= high; power++) {
            powers.add(power);
        }
        return powers;
    }

    /** {@code "0.1"}, {@code "100"}, {@code "10k"}, {@code "1M"}. */
    static String label(int power) {
        if (power < 0) {
            return "0." + "0".repeat(-power - 1) + "1";
        }
        String zeros = "1" + "0".repeat(power % 3);
        return switch (power / 3) {
            case 0 -> zeros;
            case 1 -> power == 3 ? "1000" : zeros + "k";
            case 2 -> zeros + "M";
            default -> "1e" + power;
        };
    }
}
