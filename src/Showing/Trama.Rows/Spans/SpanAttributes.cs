using System.Text;
using Trama.Framing;

namespace Trama.Rows.Spans;

/// <summary>Writes attributes: each a key and a value (KeyValue and AnyValue of opentelemetry/proto/common/v1/common.proto).</summary>
/// <param name="writer">Where they go.</param>
/// <param name="field">The field of the message that has attributes.</param>
internal readonly ref struct SpanAttributes(ProtobufWriter writer, int field)
{
    private const int Key = 1;
    private const int Value = 2;
    private const int TextValue = 1;
    private const int NumberValue = 3;

    /// <summary>A text; nothing where there is none.</summary>
    public void Add(string key, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        int pair = writer.Begin(field);
        writer.Text(Key, key);
        int value = writer.Begin(Value);
        writer.Text(TextValue, text);
        writer.End(value);
        writer.End(pair);
    }

    /// <summary>A number; nothing where there is none.</summary>
    public void Add(string key, long? number)
    {
        if (number is not { } known) return;
        int pair = writer.Begin(field);
        writer.Text(Key, key);
        int value = writer.Begin(Value);
        writer.Number(NumberValue, known);
        writer.End(value);
        writer.End(pair);
    }

    /// <summary>What a peer said, made visible.</summary>
    public void Add(string key, ReadOnlySpan<byte> said) => Add(key, Said(said));

    /// <summary>What a peer said, made visible.</summary>
    public static string Said(ReadOnlySpan<byte> said) => VisibleText.IsPlain(said) ? Encoding.UTF8.GetString(said) : VisibleText.Of(said);
}
