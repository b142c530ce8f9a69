using System.Text;
using Trama.Framing;

namespace Trama.Rows.Tables;

/// <summary>Takes the rows of a table: every column of a row in order, then its end.</summary>
public abstract class TableOutput : IDisposable
{
    private byte[] _name = new byte[256];

    /// <summary>The next column's number; null when it is absent.</summary>
    public abstract void Add(long? value);

    /// <summary>The next column's truth; null when it is absent.</summary>
    public abstract void Add(bool? value);

    /// <summary>The next column's text, in UTF-8; empty when it is absent.</summary>
    public abstract void AddText(ReadOnlySpan<byte> utf8);

    /// <summary>The row is complete.</summary>
    public abstract void EndRow();

    /// <summary>Writes what was held back: the table is complete.</summary>
    /// <param name="capture">Which capture it is of, the same text in all tables of one.</param>
    public abstract void Complete(string capture);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The next column's text; null when it is absent.</summary>
    public void AddName(string? text)
    {
        if (text is null)
        {
            AddText([]);
            return;
        }

        if (_name.Length < Encoding.UTF8.GetMaxByteCount(text.Length)) _name = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        AddText(_name.AsSpan(0, Encoding.UTF8.GetBytes(text, _name)));
    }

    /// <summary>The next column's text as a peer said it, which is made visible; empty when it is absent.</summary>
    public void AddSaid(ReadOnlySpan<byte> words) =>
        AddText(VisibleText.IsPlain(words) ? words : Encoding.UTF8.GetBytes(VisibleText.Of(words)));
}
