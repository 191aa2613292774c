import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/** What mime4j (permissive) sees in each file: a line of JSON each. */
public final class Mime4j {
    private static List<String> raw(Entity entity, String name) {
        List<String> found = new ArrayList<>();
        for (Field field : entity.getHeader().getFields(name)) found.add(field.getBody());
        return found;
    }

    private static List<String> words(Entity entity, String name) {
        return raw(entity, name).stream().flatMap(value -> Arrays.stream(value.trim().split("\\s+"))).toList();
    }

    private static List<Object> mailboxes(Message message, String name) {
        List<Object> found = new ArrayList<>();
        for (String value : raw(message, name))
            for (Mailbox one : LenientAddressParser.DEFAULT.parseAddressList(value).flatten())
                found.add(List.of(one.getName() == null ? "" : one.getName(), one.getAddress()));
        return found;
    }

    private static void parts(Entity entity, List<String> names, List<String> ids) {
        if (entity.getBody() instanceof Multipart parts) {
            for (Entity one : parts.getBodyParts()) parts(one, names, ids);
        } else if (entity.getHeader().getField("Content-Disposition") != null) {
            names.add(entity.getFilename());
            ids.addAll(raw(entity, "Content-ID"));
        }
    }

    private static Map<String, Object> seen(Message message) {
        Map<String, Object> seen = new LinkedHashMap<>();
        for (String name : List.of("subject", "comments", "x-text"))
            seen.put(name, raw(message, name).stream()
                .map(value -> DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT)).toList());
        for (String name : List.of("from", "to", "cc", "reply-to")) seen.put(name, mailboxes(message, name));
        for (String name : List.of("message-id", "references", "in-reply-to")) seen.put(name, words(message, name));
        for (String name : List.of("list-unsubscribe", "dkim-signature")) seen.put(name, raw(message, name));
        List<String> names = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        parts(message, names, ids);
        seen.put("filename", names);
        seen.put("content-id", ids);
        return seen;
    }

    public static void main(String[] names) {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        for (String name : names) {
            Map<String, Object> seen;
            try (FileInputStream file = new FileInputStream(name)) {
                seen = seen(builder.parseMessage(file));
            } catch (Exception error) {
                seen = Map.of("error", error.toString());
            }
            System.out.println(Json.of(seen));
        }
    }
}
