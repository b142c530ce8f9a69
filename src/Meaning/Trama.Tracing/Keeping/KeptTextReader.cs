namespace Trama.Tracing.Keeping;

/// <summary>Reads the texts of rows, of one row at a time: unpacks those of a block for the rows that follow. For one thread.</summary>
internal sealed class KeptTextReader(ExchangeTable table)
{
    private readonly byte[] _row = new byte[KeptTexts.LongestOfRow];
    private byte[] _block = [];
    private KeptTexts? _unpacked;

    /// <summary>The texts of a row, for <see cref="KeptTexts.Next"/>, and perhaps others behind them; empty when they are not kept any
    /// more. Valid until the next are read.</summary>
    public ReadOnlySpan<byte> Read(long number, in KeptExchange row)
    {
        if (table.Texts(number) is not { } texts) return default;
        if (texts != _unpacked && texts.TryRead(row.Texts, _row)) return _row;
        if (texts != _unpacked)
        {
            _unpacked = null;
            if (_block.Length < texts.Length) _block = GC.AllocateUninitializedArray<byte>(texts.Length);
            texts.ReadAll(_block);
            _unpacked = texts;
        }

        return _block.AsSpan(row.Texts);
    }
}
