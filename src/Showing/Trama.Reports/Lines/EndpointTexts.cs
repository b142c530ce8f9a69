using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>The endpoints of connections as text, <c>client &gt; server</c>; those of connections seen a moment ago are kept.</summary>
internal sealed class EndpointTexts
{
    private const int MaxLength = 2 * EndpointText.MaxLength + 3;
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
            entry.Length = length + EndpointText.Write(connection.Server, entry.Text.AsSpan(length));
        }

        return entry.Text.AsSpan(0, entry.Length);
    }

    private struct Entry
    {
        public long Id;
        public byte[]? Text;
        public int Length;
    }
}
