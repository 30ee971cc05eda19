package dev.ridgeline.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that the user names to be read. */
public final class InputFile {
    private InputFile() {}

    /**
     * Reads a text in UTF-8.
     *
     * @param file the file
     * @param wanted what the user should name instead, for messages
     * @return its content, without blanks at both ends
     * @throws IllegalArgumentException if it cannot be read or is empty; the message names file, reason and remedy
     */
    public static String read(Path file, String wanted) {
        String remedy = "; name " + wanted;
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + file + remedy, e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not a text" + remedy, e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(file + " may not be read; change its permissions", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a folder" : e.getMessage();
            throw new IllegalArgumentException(file + " cannot be read: " + reason + remedy, e);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(file + " is empty" + remedy);
        }
        return text;
    }
}
