using System.Buffers;
using Trama.Framing.Tls.Handshake;

namespace Trama.Framing.Tls.Records;

/// <summary>What the records that were opened in one step carried for the application, and how many bytes are missing before it.</summary>
internal sealed class CarriedPlaintext
{
    private byte[]? _bytes;
    private int _length;
    private long _missing;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Whether they are early data that wait for the server's word.</summary>
    public bool IsWithheld { get; set; }

    /// <summary>Where in the stream the records are that carried them.</summary>
    public Origin Origin { get; private set; }

    /// <summary>How many bytes are told to be missing before them; <see cref="StreamFraming.UnknownCount"/> when nobody knows.</summary>
    public long Missing { get; private set; }

    /// <summary>Another step begins: what the last one told is read.</summary>
    public void Begin(EarlyData early)
    {
        if (IsWithheld) Settle(early);
        else Release();
    }

    /// <summary>What the server refuses the client says again.</summary>
    public void Settle(EarlyData early)
    {
        if (!IsWithheld) return;
        if (early == EarlyData.Refused) Release();
        else IsWithheld = early == EarlyData.Offered;
    }

    /// <summary>Room for as many bytes, behind those that are there.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes is null || _bytes.Length < _length + length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_length + length);
            Bytes.CopyTo(larger);
            if (_bytes is not null) ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(_length);
    }

    /// <summary>Keeps the bytes of a record that were written to <see cref="Room"/>.</summary>
    public void Keep(int length, in TlsRecord record)
    {
        long end = record.Start + record.Header.RecordLength;
        Origin = _length == 0 ? new Origin(record.Start, end) : Origin with { End = end };
        _length += length;
    }

    /// <summary>Bytes are missing; negative when nobody knows how many.</summary>
    public void Miss(long count)
    {
        if (count != 0) _missing = count < 0 || _missing < 0 ? StreamFraming.UnknownCount : _missing + count;
    }

    /// <summary>Whether there is something to tell; what is missing is told with it.</summary>
    public bool TryTell()
    {
        if (_length == 0) Release();
        if (IsWithheld || (_length == 0 && _missing == 0)) return false;
        (Missing, _missing) = (_missing, 0);
        return true;
    }

    /// <summary>The bytes are read.</summary>
    public void Release()
    {
        if (_bytes is not null) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length, Missing, IsWithheld) = (null, 0, 0, false);
    }
}
