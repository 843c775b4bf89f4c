package org.mmrace.explore.strategy;

import java.util.SplittableRandom;

/** Draws lots that are not equally likely. */
final class Lots {
    private Lots() {}

    /** One of the first {@code size} places, each as likely as its weight is large; the weights are not negative. */
    static int draw(SplittableRandom random, double[] weights, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += weights[i];
        }
        double at = random.nextDouble() * sum;
        int drawn = 0;
        while (drawn < size - 1 && at >= weights[drawn]) {
            at -= weights[drawn++];
        }
        return drawn;
    }
}
