package org.mmrace.hunt;

/**
 * What a hunt looks for besides what is wrong with an execution.
 *
 * @param races plain accesses that nothing orders
 * @param lockOrder locks that are taken in a circle, over all executions
 */
public record Watch(boolean races, boolean lockOrder) {
    /** Nothing else. */
    public static final Watch NOTHING = new Watch(false, false);
}
