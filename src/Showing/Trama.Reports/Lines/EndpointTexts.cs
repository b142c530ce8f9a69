using System.Text;
using Trama.Framing;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>
/// The endpoints of connections as text, <c>client &gt; server</c>, with the name by which the server was looked up behind it, as far as
/// it is known; those of connections seen a moment ago are kept.
/// </summary>
internal sealed class EndpointTexts
{
    private const int MaxName = 64;
    private const int MaxLength = 2 * EndpointText.MaxLength + 3 + 1 + MaxName;
    private const int Places = 256;

    private readonly Entry[] _places = new Entry[Places];

    /// <summary>The text, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(Connection connection)
    {
        ref Entry entry = ref _places[connection.Id % Places];
        if (entry.Id != connection.Id)
        {
            entry.Id = connection.Id;
            entry.Text ??= new byte[MaxLength];
            int length = EndpointText.Write(connection.Client, entry.Text);
            " > "u8.CopyTo(entry.Text.AsSpan(length));
            length += 3;
            length += EndpointText.Write(connection.Server, entry.Text.AsSpan(length));
            entry.Length = length + Name(connection, entry.Text.AsSpan(length));
        }

        return entry.Text.AsSpan(0, entry.Length);
    }

    private static int Name(Connection connection, Span<byte> text)
    {
        if (connection.ServerName is not { } known) return 0;
        string name = VisibleText.Of(known);
        if (name.Length is 0 or > MaxName || !Ascii.IsValid(name)) return 0;
        text[0] = (byte)' ';
        return 1 + Encoding.ASCII.GetBytes(name, text[1..]);
    }

    private struct Entry
    {
        public long Id;
        public byte[]? Text;
        public int Length;
    }
}
