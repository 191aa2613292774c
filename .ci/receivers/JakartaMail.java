import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What Jakarta Mail (Angus) sees in each file: a line of JSON each. */
public final class JakartaMail {
    private static List<String> raw(Part part, String name) throws Exception {
        String[] values = part.getHeader(name);
        List<String> found = new ArrayList<>();
        for (String value : values == null ? new String[0] : values) found.add(MimeUtility.unfold(value));
        return found;
    }

    private static List<String> text(Part part, String name) throws Exception {
        List<String> found = new ArrayList<>();
        for (String value : raw(part, name)) found.add(MimeUtility.decodeText(value));
        return found;
    }

    private static List<String> words(Part part, String name) throws Exception {
        List<String> found = new ArrayList<>();
        for (String value : raw(part, name))
            for (String word : value.trim().split("\\s+")) found.add(word);
        return found;
    }

    private static void add(InternetAddress[] addresses, List<Object> found) throws Exception {
        for (InternetAddress one : addresses) {
            if (one.isGroup()) add(one.getGroup(false), found);
            else found.add(List.of(one.getPersonal() == null ? "" : one.getPersonal(), one.getAddress()));
        }
    }

    private static List<Object> mailboxes(MimeMessage message, String name) throws Exception {
        List<Object> found = new ArrayList<>();
        String value = message.getHeader(name, ",");
        if (value != null) add(InternetAddress.parseHeader(value, false), found);
        return found;
    }

    private static String filename(Part part) {
        try {
            return part.getFileName();
        } catch (Exception error) {
            return "error: " + error.getMessage();
        }
    }

    private static void parts(Part part, List<String> names, List<String> ids) throws Exception {
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) parts(parts.getBodyPart(i), names, ids);
        } else if (part.getHeader("Content-Disposition") != null) {
            names.add(filename(part));
            ids.addAll(raw(part, "Content-ID"));
        }
    }

    private static Map<String, Object> seen(MimeMessage message) throws Exception {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (String name : List.of("subject", "comments", "x-text")) seen.put(name, text(message, name));
        for (String name : List.of("from", "to", "cc", "reply-to")) seen.put(name, mailboxes(message, name));
        for (String name : List.of("message-id", "references", "in-reply-to")) seen.put(name, words(message, name));
        for (String name : List.of("list-unsubscribe", "dkim-signature")) seen.put(name, raw(message, name));
        List<String> names = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try {
            parts(message, names, ids);
        } catch (Exception noParts) {
            // A header block of the corpus has no body; a message of ours without its parts is a difference.
        }
        seen.put("filename", names);
        seen.put("content-id", ids);
        return seen;
    }

    public static void main(String[] names) {
        System.setProperty("mail.mime.decodefilename", "false");
        Session session = Session.getInstance(new Properties());
        for (String name : names) {
            Map<String, Object> seen;
            try (FileInputStream file = new FileInputStream(name)) {
                seen = seen(new MimeMessage(session, file));
            } catch (Exception error) {
                seen = Map.of("error", error.toString());
            }
            System.out.println(Json.of(seen));
        }
    }
}
