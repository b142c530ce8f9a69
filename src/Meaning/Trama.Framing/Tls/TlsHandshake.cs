using System.Buffers;

namespace Trama.Framing.Tls;

/// <summary>Puts the messages of an unencrypted handshake together, which records cut anywhere, and names them.</summary>
internal sealed class TlsHandshake
{
    // Larger hellos exist, but what is of interest comes early in them.
    private const int MaxHello = 16 * 1024;
    private const int HeaderLength = 4;
    private const int ClientHello = 1;
    private const int ServerHello = 2;

    private byte[]? _hello;
    private int _header;
    private byte _type;
    private int _length;
    private int _read;

    /// <summary>Takes handshake bytes; each complete message is described.</summary>
    public void Take(ReadOnlySpan<byte> bytes, ref ShortText text)
    {
        while (!bytes.IsEmpty)
        {
            if (_header < HeaderLength)
            {
                if (_header == 0) (_type, _length, _read) = (bytes[0], 0, 0);
                else _length = _length << 8 | bytes[0];
                bytes = bytes[1..];
                if (++_header == HeaderLength && _length == 0) End(ref text);
                continue;
            }

            int taken = Math.Min(_length - _read, bytes.Length);
            if (_type is ClientHello or ServerHello && _read < MaxHello) Keep(bytes[..Math.Min(taken, MaxHello - _read)]);
            _read += taken;
            bytes = bytes[taken..];
            if (_read == _length) End(ref text);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _hello ??= ArrayPool<byte>.Shared.Rent(Math.Min(_length, MaxHello));
        bytes.CopyTo(_hello.AsSpan(_read));
    }

    private void End(ref ShortText text)
    {
        if (!text.IsEmpty) text.Add(", "u8);
        if (_type is ClientHello or ServerHello) TlsHello.Describe(_hello.AsSpan(0, Math.Min(_read, MaxHello)), _type == ClientHello, ref text);
        else text.Add(Name(_type));
        if (_hello is not null) ArrayPool<byte>.Shared.Return(_hello);
        _hello = null;
        _header = 0;
    }

    private static ReadOnlySpan<byte> Name(byte type) => type switch
    {
        0 => "HelloRequest"u8,
        4 => "NewSessionTicket"u8,
        8 => "EncryptedExtensions"u8,
        11 => "Certificate"u8,
        12 => "ServerKeyExchange"u8,
        13 => "CertificateRequest"u8,
        14 => "ServerHelloDone"u8,
        15 => "CertificateVerify"u8,
        16 => "ClientKeyExchange"u8,
        20 => "Finished"u8,
        22 => "CertificateStatus"u8,
        24 => "KeyUpdate"u8,
        _ => "handshake"u8,
    };
}
