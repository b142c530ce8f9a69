using System.Globalization;

namespace Trama.Framing.Kafka;

/// <summary>
/// The fields of one version of a message. Written down, in words with spaces between them: a number is so many bytes, <c>s</c> a string,
/// <c>b</c> bytes, <c>n</c> the client's name, <c>t</c> tagged fields; <c>( … )</c> an array of structures, which end with tagged fields
/// in a flexible version, <c>[ … ]</c> one of plain values; <c>T</c> a topic, <c>U</c> its identifier, <c>E</c> an error code, <c>A</c> the
/// acknowledgements asked for, <c>W</c> a time to wait. Before a word may stand the versions that have it: <c>3+:s</c>, <c>-5:8</c>,
/// <c>2-4:8</c>.
/// </summary>
internal sealed class KafkaLayout
{
    private readonly KafkaField[] _fields;

    private KafkaLayout(KafkaField[] fields) => _fields = fields;

    /// <summary>The steps.</summary>
    public ReadOnlySpan<KafkaField> Fields => _fields;

    /// <summary>Reads what is written down of a version.</summary>
    public static KafkaLayout Parse(string text, short version, bool isFlexible)
    {
        var fields = new List<KafkaField>();
        var open = new Stack<int>();
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            (string word, bool isThere) = OfVersion(words[i], version);
            if (!isThere)
            {
                if (word is "(" or "[") i = Closing(words, i);
                continue;
            }

            if (word is "(" or "[") open.Push(fields.Count);
            if (word is ")" or "]")
            {
                if (word == ")" && isFlexible) fields.Add(new KafkaField(KafkaFieldKind.Tags));
                Close(fields, open.Pop());
            }
            else
            {
                fields.Add(Field(word, isFlexible));
            }
        }

        // A layout may end inside of the arrays that hold what it leads to.
        while (open.TryPop(out int at)) fields[at] = fields[at] with { Value = fields.Count };
        return new KafkaLayout([.. fields]);
    }

    private static void Close(List<KafkaField> fields, int at)
    {
        fields.Add(new KafkaField(KafkaFieldKind.ArrayEnd, Value: at + 1));
        fields[at] = fields[at] with { Value = fields.Count };
    }

    private static KafkaField Field(string word, bool isFlexible) => word switch
    {
        "(" or "[" => new(isFlexible ? KafkaFieldKind.CompactArray : KafkaFieldKind.Array),
        "s" or "T" => new(isFlexible ? KafkaFieldKind.CompactBytes : KafkaFieldKind.ShortString, Meaning(word)),
        "b" => new(isFlexible ? KafkaFieldKind.CompactBytes : KafkaFieldKind.LongBytes),
        "n" => new(KafkaFieldKind.ShortString),
        "t" => new(KafkaFieldKind.Tags),
        "U" => new(KafkaFieldKind.Fixed, KafkaMeaning.TopicId, 16),
        "E" or "A" => new(KafkaFieldKind.Fixed, Meaning(word), 2),
        "W" => new(KafkaFieldKind.Fixed, KafkaMeaning.Wait, 4),
        _ => new(KafkaFieldKind.Fixed, Value: int.Parse(word, CultureInfo.InvariantCulture)),
    };

    private static KafkaMeaning Meaning(string word) => word switch
    {
        "T" => KafkaMeaning.Topic,
        "E" => KafkaMeaning.Error,
        "A" => KafkaMeaning.Acks,
        _ => KafkaMeaning.None,
    };

    private static (string Word, bool IsThere) OfVersion(string word, short version)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return (word, true);
        string versions = word[..colon];
        int dash = versions.IndexOf('-', StringComparison.Ordinal);
        bool isThere = versions[^1] == '+' ? version >= Number(versions[..^1])
            : version <= Number(versions[(dash + 1)..]) && (dash == 0 || version >= Number(versions[..dash]));
        return (word[(colon + 1)..], isThere);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static int Closing(string[] words, int at)
    {
        for (int depth = 0; at < words.Length; at++)
        {
            if (words[at][^1] is '(' or '[') depth++;
            if (words[at] is ")" or "]" && --depth == 0) return at;
        }

        return at;
    }
}
