package org.mmrace.mm;

/**
 * {@code struct file}: one open descriptor.
 *
 * @param mapping the pages of its inode
 * @param writable whether it was opened for writing
 * @param ops what happens when it is mapped
 */
public record OpenFile(AddressSpace mapping, boolean writable, FileOperations ops) {}
