using System.Text;

namespace Trama.Tracing.Keeping;

/// <summary>
/// The exchanges of a capture as packed rows, by numbers from 0 in the order in which they were complete; of too many, the oldest go. One
/// thread adds, others may read meanwhile.
/// </summary>
/// <param name="most">How many are kept at least, before the oldest go.</param>
public sealed class ExchangeTable(int most)
{
    /// <summary>How many first bytes of a message are kept.</summary>
    public const int HeadBytes = 48;

    /// <summary>How many rows are unpacked together.</summary>
    public const int PerGroup = KeptExchangeRows.PerGroup;

    /// <summary>How many bytes of an operation or a status are kept.</summary>
    internal const int MaxWords = 256;

    private const int MaxNames = 1 << 16;

    private readonly KeptExchangeRows _rows = new(most);
    private readonly KeptTexts?[] _texts = new KeptTexts?[most / KeptExchangeRows.PerBlock + 1];
    private readonly KeptNames _names = new(MaxNames);

    /// <summary>The number of the oldest exchange that is kept.</summary>
    public long First => _rows.First;

    /// <summary>The number after the newest.</summary>
    public long End => _rows.End;

    /// <summary>Adds an exchange.</summary>
    public void Add(Connection connection, Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(exchange);
        ref KeptTexts? block = ref _texts[_rows.End / KeptExchangeRows.PerBlock % _texts.Length];
        if (_rows.End % KeptExchangeRows.PerBlock == 0)
        {
            _rows.Begin();
            Volatile.Write(ref block, new KeptTexts());
        }

        KeptTexts texts = block!;
        int protocol = exchange.Protocol is { } name ? _names.Add(Encoding.UTF8.GetBytes(name)) : 0;
        int place = texts.Add(Short(exchange.Operation.Span, MaxWords));
        texts.Add(Short(exchange.Status.Span, MaxWords));
        texts.Add(Short(exchange.Request is { } request ? request.Head.Span : default, HeadBytes));
        texts.Add(Short(exchange.Reply is { } reply ? reply.Head.Span : default, HeadBytes));
        _rows.Add(new KeptExchange(connection, exchange, protocol, _names.Add(exchange.Group.Span), place));
        if (_rows.End % KeptExchangeRows.PerBlock == 0) texts.Seal();
    }

    /// <summary>The rows of a group, of which those at <see cref="End"/> and after it are none yet; empty when they are not kept any
    /// more.</summary>
    /// <param name="number">The number of its first row, a multiple of <see cref="PerGroup"/>.</param>
    public ReadOnlySpan<KeptExchange> Group(long number) => _rows.Group(number);

    /// <summary>Whether a row is kept, and which.</summary>
    public bool TryGet(long number, out KeptExchange row) => _rows.TryGet(number, out row);

    /// <summary>The text of <see cref="KeptExchange.Group"/> or <see cref="KeptExchange.Protocol"/>; empty for 0.</summary>
    public ReadOnlyMemory<byte> Name(int number) => _names.At(number);

    /// <summary>The texts of the rows of a block; null when they are not kept any more.</summary>
    /// <param name="number">The number of a row.</param>
    internal KeptTexts? Texts(long number)
    {
        KeptTexts? texts = Volatile.Read(ref _texts[number / KeptExchangeRows.PerBlock % _texts.Length]);
        return number < First ? null : texts;
    }

    /// <summary>The name of a row's protocol; null for none.</summary>
    internal string? Protocol(in KeptExchange row) => row.Protocol == 0 ? null : Encoding.UTF8.GetString(_names.At(row.Protocol).Span);

    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> text, int most) => text[..Math.Min(text.Length, most)];
}
