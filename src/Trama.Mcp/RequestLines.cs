using System.Buffers;

namespace Trama.Mcp;

/// <summary>The lines of a client's requests. One that is too long is not kept: its beginning is told, the rest of it is skipped.</summary>
/// <param name="input">Where they come from.</param>
/// <param name="tooLong">Is told the beginning of such a line.</param>
internal sealed class RequestLines(Stream input, Func<ReadOnlyMemory<byte>, Task> tooLong)
{
    private const int PartBytes = 64 << 10;

    private readonly byte[] _part = new byte[PartBytes];
    private readonly ArrayBufferWriter<byte> _line = new();
    private ReadOnlyMemory<byte> _rest;
    private bool _isSkipped;

    /// <summary>The next line with its end, or what is there of one when the input ends; empty after the last one. Valid until the next
    /// one.</summary>
    public async Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken stop)
    {
        _line.ResetWrittenCount();
        while (true)
        {
            if (_rest.IsEmpty) _rest = _part.AsMemory(0, await input.ReadAsync(_part, stop).ConfigureAwait(false));
            if (_rest.IsEmpty) return _line.WrittenMemory;
            int end = _rest.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> taken = end < 0 ? _rest : _rest[..(end + 1)];
            _rest = _rest[taken.Length..];
            if (!_isSkipped) _line.Write(taken.Span);
            if (_line.WrittenCount > Limits.RequestBytes)
            {
                await tooLong(_line.WrittenMemory).ConfigureAwait(false);
                _line.ResetWrittenCount();
                _isSkipped = true;
            }

            if (end < 0) continue;
            if (!_isSkipped) return _line.WrittenMemory;
            _isSkipped = false;
        }
    }
}
