using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Trama.Web;

/// <summary>256 random bits that a client has to show.</summary>
public sealed class AccessToken
{
    private readonly byte[] _text = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The token as text, of letters, digits, <c>-</c> and <c>_</c>. It is a secret.</summary>
    public string Secret => Encoding.ASCII.GetString(_text);

    /// <summary>Whether a text is the token; the time that takes tells nothing of it.</summary>
    internal bool Is(string shown) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), _text);
}
