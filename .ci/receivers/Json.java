import java.util.List;
import java.util.Map;

/** A line of JSON of what a receiver read: texts, lists and maps. */
final class Json {
    private Json() {}

    static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder out = new StringBuilder();
            map.forEach((key, one) -> out.append(out.isEmpty() ? "" : ",").append(of(key)).append(':').append(of(one)));
            return "{" + out + "}";
        }
        if (value instanceof List<?> list) return "[" + String.join(",", list.stream().map(Json::of).toList()) + "]";
        StringBuilder out = new StringBuilder("\"");
        for (char c : (value == null ? "" : value.toString()).toCharArray()) {
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }
}
