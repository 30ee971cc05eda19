package dev.ridgeline.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder for results. Each file appears whole or not at all: it is written under a temporary name in the same folder
 * and then moved over the old one in one step.
 */
public final class OutputFolder implements AutoCloseable {
    /** Locked as long as the folder is open. */
    private static final String LOCK = ".lock";

    /** The bytes of a process number, a space and a UUID at most. */
    private static final int LONGEST_OWNER = 64;

    private final Path folder;
    private FileChannel lock;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, which is made if it is not there, and proves that it can be written. Until it is closed, or this VM
     * ends in whatever way, nobody else can open it.
     *
     * @param folder the folder
     * @return the opened folder
     * @throws OutputException if it is a file, cannot be made or written, or is open already, here or in another process
     */
    public static OutputFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new OutputException(
                    path,
                    "it is a file",
                    "name a folder instead, or move the file away",
                    new NotDirectoryException(path.toString()));
        }
        OutputFolder opened = new OutputFolder(path);
        try {
            Files.createDirectories(path);
            Path probe = opened.temporary("probe");
            Files.writeString(probe, "");
            Files.delete(probe);
            opened.lock();
        } catch (IOException e) {
            throw opened.refusal(e);
        }
        return opened;
    }

    /**
     * Locks a file that says which process does. A file that its owner deleted meanwhile does not count. It is read without
     * the lock, because a process gives up its locks of a file as soon as it closes the file anywhere; so another process may
     * have written its name into it before the lock is taken again.
     */
    private void lock() throws IOException {
        Path file = folder.resolve(LOCK);
        String owner = ProcessHandle.current().pid() + " " + UUID.randomUUID();
        while (lock == null) {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                try (FileLock _ = lock(channel)) {
                    channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
                }
                boolean there = isOwner(owner, file);
                lock(channel);
                lock = there && content(channel).equals(owner) ? channel : null;
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // an interrupted VM takes its lock with it
    }

    private FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // by this VM
        }
        throw new OutputException(
                folder,
                "process " + content(channel).split(" ")[0] + " is writing there",
                "wait for it, or name another folder",
                new FileSystemException(LOCK, null, "locked"));
    }

    private static boolean isOwner(String owner, Path file) throws IOException {
        try {
            return Files.readString(file).equals(owner);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** Lets others open the folder. */
    @Override
    public synchronized void close() {
        try {
            if (lock.isOpen()) {
                Files.deleteIfExists(folder.resolve(LOCK)); // while it is ours
                lock.close();
            }
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Returns where the folder is.
     *
     * @return its absolute path
     */
    public Path path() {
        return folder;
    }

    /**
     * Writes a text in UTF-8.
     *
     * @param name the file's name, without a folder
     * @param content the whole content
     * @return the file
     * @throws OutputException if it cannot be written; an old file of this name is then as it was
     */
    public Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes.
     *
     * @param name the file's name, without a folder
     * @param content the whole content
     * @return the file
     * @throws OutputException if it cannot be written; an old file of this name is then as it was
     */
    public Path write(String name, byte[] content) {
        Path target = folder.resolve(name);
        if (!folder.equals(target.getParent())) {
            throw new IllegalArgumentException("OutputFolder: \"" + name + "\" is not the plain name of a file");
        }
        Path temporary = temporary(name);
        try {
            try {
                Files.write(temporary, content);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw refusal(e);
        }
        return target;
    }

    /**
     * Adds to the end of a file, which is made if it is not there. Unlike {@link #write} this may leave a part of the text
     * behind where it fails.
     *
     * @param name the file's name, without a folder
     * @param text what to add, in UTF-8
     * @throws OutputException if it cannot be written
     */
    public void append(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Reads a text in UTF-8.
     *
     * @param name the file's name, without a folder
     * @return its content, or nothing if there is no such file
     * @throws OutputException if it is there and cannot be read
     */
    public Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Deletes a file if it is there.
     *
     * @param name the file's name, without a folder
     * @throws OutputException if it cannot be deleted
     */
    public void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Returns a name beside the target that no other process uses, and that an interrupted VM takes with it. */
    private Path temporary(String name) {
        Path path = folder.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
        path.toFile().deleteOnExit();
        return path;
    }

    private OutputException refusal(IOException e) {
        String reason = switch (e) {
            case AccessDeniedException _ -> "access denied";
            case NoSuchFileException _ -> "it is gone or cannot be made";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
        return new OutputException(folder, reason, "name a folder that you may write to and that has space left", e);
    }
}
