package dev.ridgeline.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A folder for results. Each file appears whole or not at all: it is written under a temporary name in the same folder
 * and then moved over the old one in one step.
 */
public final class OutputFolder {
    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, which is made if it is not there, and proves that it can be written.
     *
     * @param folder the folder
     * @return the opened folder
     * @throws OutputException if it is a file, or cannot be made or written
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
        } catch (IOException e) {
            throw opened.refusal(e);
        }
        return opened;
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
