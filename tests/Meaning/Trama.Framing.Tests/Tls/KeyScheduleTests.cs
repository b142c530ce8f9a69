using System.Security.Cryptography;
using Trama.Framing.Tls;
using Trama.Framing.Tls.Ciphers;

namespace Trama.Framing.Tests.Tls;

public class KeyScheduleTests
{
    // RFC 8448 section 3, "derive write traffic keys for handshake data".
    [Fact]
    public void TLS_1_3_makes_the_keys_of_RFC_8448()
    {
        byte[] secret = Convert.FromHexString("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
        Assert.Equal("3FCE516009C21727D0F2E4E86EE403BC",
            Convert.ToHexString(HkdfLabel.Expand(HashAlgorithmName.SHA256, secret, "key"u8, 16)));
        Assert.Equal("5D313EB2671276EE13000B30", Convert.ToHexString(HkdfLabel.Expand(HashAlgorithmName.SHA256, secret, "iv"u8, 12)));
    }

    // The test vector for the PRF of TLS 1.2 with SHA-256 that was sent to the working group's list.
    [Fact]
    public void TLS_1_2_expands_a_secret_as_others_do()
    {
        byte[] secret = Convert.FromHexString("9bbe436ba940f017b17652849a71db35"),
            seed = Convert.FromHexString("a0ba9f936cda311827a6f796ffd5198c");
        Assert.Equal(
            "E3F229BA727BE17B8D122620557CD453C2AAB21D07C3D495329B52D4E61EDB5A6B301791E90D35C9C9A46B4E14BAF9AF0FA022F7077DEF17ABFD3797C0564BAB4FBC91666E9DEF9B97FCE34F796789BAA48082D122EE42C5A72E5A5110FFF70187347B66",
            Convert.ToHexString(PseudorandomFunction.Expand(TlsVersion.Tls12, HashAlgorithmName.SHA256, secret, "test label"u8, seed,
                100)));
    }

    [Theory]
    [InlineData(0x1301, "TLS_AES_128_GCM_SHA256", "AesGcm", 16, 16, "SHA256")]
    [InlineData(0x1305, "TLS_AES_128_CCM_8_SHA256", "AesCcm", 16, 8, "SHA256")]
    [InlineData(0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "AesGcm", 32, 16, "SHA384")]
    [InlineData(0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ChaCha20Poly1305", 32, 16, "SHA256")]
    [InlineData(0xc0a1, "TLS_RSA_WITH_AES_256_CCM_8", "AesCcm", 32, 8, "SHA256")]
    [InlineData(0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "AesCbc", 32, 16, "SHA384")]
    [InlineData(0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA", "AesCbc", 16, 16, "SHA256")]
    [InlineData(0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TripleDesCbc", 24, 16, "SHA256")]
    [InlineData(0x003b, "TLS_RSA_WITH_NULL_SHA256", "Null", 0, 16, "SHA256")]
    [InlineData(0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA", "Unknown", 16, 16, "SHA256")]
    [InlineData(0xc08b, "TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384", "Unknown", 32, 16, "SHA384")]
    public void The_name_of_a_suite_tells_how_it_protects(int id, string name, string cipher, int key, int tag, string hash)
    {
        CipherSuite suite = CipherSuite.Find((ushort)id)!;
        Assert.Equal((name, cipher, key, tag, hash), (suite.Name, suite.Cipher.ToString(), suite.KeyLength, suite.TagLength,
            suite.Hash.Name));
    }

    [Fact]
    public void Every_suite_of_the_registry_is_read_and_a_number_without_name_is_told_as_number()
    {
        int known = 0;
        for (int id = 0; id <= ushort.MaxValue; id++)
        {
            if (CipherSuite.Find((ushort)id) is { } suite && suite.Name.StartsWith("TLS_", StringComparison.Ordinal)) known++;
        }

        Assert.True(known > 300);
        Assert.Equal("0x0a0a", CipherSuite.NameOf(0x0a0a));
    }
}
