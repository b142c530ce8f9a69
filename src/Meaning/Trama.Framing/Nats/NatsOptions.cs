namespace Trama.Framing.Nats;

/// <summary>Finds a member of a JSON object: of CONNECT and INFO, of which credentials are never looked at.</summary>
internal static class NatsOptions
{
    /// <summary>The value of a member of the outermost object, without the quotes of a text; empty when it has none, or the end is
    /// missing.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        int depth = 0;
        bool isKey = false, isFound = false;
        for (int at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'{' or (byte)'[':
                    if (isFound) return default;
                    depth++;
                    isKey = depth == 1;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                case (byte)',':
                    isKey = depth == 1;
                    break;
                case (byte)':':
                    isKey = false;
                    break;
                case (byte)'"':
                    int length = TextLength(json[(at + 1)..]);
                    if (length < 0) return default;
                    ReadOnlySpan<byte> text = json.Slice(at + 1, length);
                    if (isFound) return text;
                    isFound = isKey && text.SequenceEqual(name);
                    at += length + 1;
                    break;
                case > (byte)' ' when isFound:
                    int end = json[at..].IndexOfAny(",}"u8);
                    return end < 0 ? default : json.Slice(at, end);
            }
        }

        return default;
    }

    /// <summary>Whether a member is true; null when it is absent.</summary>
    public static bool? Flag(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        Find(json, name) is { IsEmpty: false } value ? value.SequenceEqual("true"u8) : null;

    // Up to the quote that ends it.
    private static int TextLength(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '"') return at;
            if (text[at] == '\\') at++;
        }

        return -1;
    }
}
