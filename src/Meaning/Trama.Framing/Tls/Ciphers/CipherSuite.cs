using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>
/// A cipher suite of the IANA registry: its name tells how records are protected (RFC 5246 appendix C, RFC 8446 appendix B.4).
/// </summary>
internal sealed class CipherSuite
{
    private const string Separator = "_WITH_";

    private static readonly FrozenDictionary<ushort, string> Names = ReadNames();

    private CipherSuite(string name)
    {
        Name = name;
        int with = name.IndexOf(Separator, StringComparison.Ordinal);
        IsOfTls13 = with < 0;
        string way = with < 0 ? name["TLS_".Length..] : name[(with + Separator.Length)..];
        Hash = way.EndsWith("SHA384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        Mac = way.EndsWith("_MD5", StringComparison.Ordinal) ? HashAlgorithmName.MD5
            : way.EndsWith("_SHA", StringComparison.Ordinal) ? HashAlgorithmName.SHA1 : Hash;
        KeyLength = way.Contains("_256_", StringComparison.Ordinal) || way.StartsWith("CHACHA20", StringComparison.Ordinal) ? 32 : 16;
        TagLength = way.Contains("CCM_8", StringComparison.Ordinal) ? 8 : 16;
        Cipher = CipherNamed(way);
        if (Cipher == BulkCipher.TripleDesCbc) KeyLength = 24;
        if (Cipher == BulkCipher.Null) KeyLength = 0;
    }

    /// <summary>Its name in the registry.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of TLS 1.3, which says nothing of the key exchange.</summary>
    public bool IsOfTls13 { get; }

    /// <summary>How records are encrypted.</summary>
    public BulkCipher Cipher { get; }

    /// <summary>The length of a key, in bytes.</summary>
    public int KeyLength { get; }

    /// <summary>The length of an authentication tag, in bytes, where the cipher has one.</summary>
    public int TagLength { get; }

    /// <summary>The hash of the key schedule, from TLS 1.2 on.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The hash of the MAC, where the cipher needs one.</summary>
    public HashAlgorithmName Mac { get; }

    /// <summary>The suites of TLS 1.3, the usual ones first.</summary>
    public static CipherSuite[] OfTls13 { get; } = [.. new ushort[] { 0x1301, 0x1302, 0x1303, 0x1304, 0x1305 }.Select(id => Find(id)!)];

    /// <summary>The suite of a number; null when the registry has none that is known here.</summary>
    public static CipherSuite? Find(ushort id) => Names.TryGetValue(id, out string? name) ? new CipherSuite(name) : null;

    /// <summary>The name of a number, or the number.</summary>
    public static string NameOf(ushort id) => Names.GetValueOrDefault(id) ?? string.Create(CultureInfo.InvariantCulture, $"0x{id:x4}");

    private static BulkCipher CipherNamed(string way)
    {
        if (way.StartsWith("NULL_", StringComparison.Ordinal) && way != "NULL_NULL") return BulkCipher.Null;
        if (way.StartsWith("CHACHA20_", StringComparison.Ordinal)) return BulkCipher.ChaCha20Poly1305;
        if (way.StartsWith("3DES_EDE_CBC_", StringComparison.Ordinal)) return BulkCipher.TripleDesCbc;
        if (!way.StartsWith("AES_", StringComparison.Ordinal)) return BulkCipher.Unknown;
        if (way.Contains("_GCM", StringComparison.Ordinal)) return BulkCipher.AesGcm;
        return way.Contains("_CCM", StringComparison.Ordinal) ? BulkCipher.AesCcm : BulkCipher.AesCbc;
    }

    private static FrozenDictionary<ushort, string> ReadNames()
    {
        using Stream table = typeof(CipherSuite).Assembly.GetManifestResourceStream("CipherSuites.txt")!;
        using var lines = new StreamReader(table);
        var names = new Dictionary<ushort, string>();
        while (lines.ReadLine() is { } line) names[ushort.Parse(line.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)] =
            line[5..];
        return names.ToFrozenDictionary();
    }
}
