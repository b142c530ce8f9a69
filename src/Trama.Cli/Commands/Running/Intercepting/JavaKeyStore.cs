using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>Certificates that a Java program is to trust, as a key store of the kind JKS: big-endian, in the order of Java's
/// <c>DataOutput</c>, and closed by a digest that a password goes into.</summary>
internal static class JavaKeyStore
{
    /// <summary>The password, which protects nothing: there are only public certificates.</summary>
    public const string Password = "changeit";

    private const uint Magic = 0xfeedfeed, Version = 2, TrustedCertificate = 2;

    /// <summary>The store's bytes.</summary>
    public static byte[] Write(X509Certificate2Collection certificates, DateTimeOffset now)
    {
        var store = new ArrayBufferWriter<byte>();
        Number(store, Magic);
        Number(store, Version);
        Number(store, (uint)certificates.Count);
        for (int i = 0; i < certificates.Count; i++)
        {
            Number(store, TrustedCertificate);
            Text(store, $"trama{i}");
            BinaryPrimitives.WriteInt64BigEndian(store.GetSpan(8), now.ToUnixTimeMilliseconds());
            store.Advance(8);
            Text(store, "X.509");
            Number(store, (uint)certificates[i].RawDataMemory.Length);
            store.Write(certificates[i].RawDataMemory.Span);
        }

        // The format's own digest, which is no question of security.
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        digest.AppendData(Encoding.BigEndianUnicode.GetBytes(Password));
        digest.AppendData("Mighty Aphrodite"u8);
        digest.AppendData(store.WrittenSpan);
        store.Write(digest.GetHashAndReset());
        return store.WrittenSpan.ToArray();
    }

    private static void Number(ArrayBufferWriter<byte> store, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(store.GetSpan(4), number);
        store.Advance(4);
    }

    // Modified UTF-8, which of ASCII is ASCII, behind its length.
    private static void Text(ArrayBufferWriter<byte> store, string text)
    {
        BinaryPrimitives.WriteUInt16BigEndian(store.GetSpan(2), (ushort)text.Length);
        store.Advance(2);
        store.Write(Encoding.ASCII.GetBytes(text));
    }
}
