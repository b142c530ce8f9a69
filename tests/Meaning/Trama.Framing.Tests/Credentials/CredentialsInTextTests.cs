using System.Text;
using CsCheck;
using Trama.Framing.Credentials;

namespace Trama.Framing.Tests.Credentials;

public class CredentialsInTextTests
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.e30.abc";

    [Theory]
    [InlineData("user=a&pwd=abcd&b=2", "user=a&pwd=…&b=2")]
    [InlineData("/s?key=AIzaSyABC&x=1", "/s?key=…&x=1")]
    [InlineData("/s?sv=2020&sig=abcd", "/s?sv=2020&sig=…")]
    [InlineData("/x;jsessionid=ABCDEF?y", "/x;jsessionid=…?y")]
    [InlineData("/x?access%5Ftoken=a", "/x?access%5Ftoken=…")]
    [InlineData("/x?code=4f0a9c81d2e7b65f3a1c", "/x?code=…")]
    [InlineData("""{"user": "a", "password": "b\"c", "n": 1}""", """{"user": "a", "password": "…", "n": 1}""")]
    [InlineData("""{"pin":1234,"n":1}""", """{"pin":…,"n":1}""")]
    [InlineData("""{"query":"mutation { login(password: \"x\") { id } }"}""", """{"query":"mutation { login(password: \"…\") { id } }"}""")]
    [InlineData("<a><Password>b</Password></a>", "<a><Password>…</Password></a>")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nb c\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n…\r\n--x--")]
    [InlineData("http://me:secret@example.org/a", "http://…@example.org/a")]
    [InlineData("password: abc\nother: d", "password: …\nother: d")]
    [InlineData($"see {Token} there", "see … there")]
    [InlineData($"x={Token}&pwd=a", "x=…&pwd=…")]
    public void What_lets_somebody_in_is_found(string text, string without)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(CredentialsInText.Any(bytes));
        Assert.Equal(without, Encoding.UTF8.GetString(CredentialsInText.Without(bytes, "…"u8)));
    }

    [Theory]
    [InlineData("/a?b=c&key=red&sid=7&code=404&page=2")]
    [InlineData("http://example.org/a@b")]
    [InlineData("""{"name": "a", "passenger": "b", "password": ""}""")]
    [InlineData("after=eyJpZCI6MTB9")]
    [InlineData("key: value, monkey=banana")]
    public void What_lets_nobody_in_stays(string text) => Assert.False(CredentialsInText.Any(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("X-Session-Id", "8a7b")]
    [InlineData("Ocp-Apim-Subscription-Key", "0123abcd")]
    [InlineData("X-JWT-Assertion", "a")]
    [InlineData("X-Whatever", Token)]
    [InlineData("Sec-WebSocket-Protocol", "bearer, eyJhbGciOiJIUzI1NiJ9")]
    [InlineData("X-Forwarded-Auth", "Basic bWU6cHc=")]
    [InlineData("x-functions-key", "a")]
    public void A_field_is_told_by_its_name_or_its_value(string name, string value) =>
        Assert.True(Credential.Is(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void Any_text_is_read_to_its_end() => Gen.OneOf(
            Gen.Char["ab:=>\"'<&;/@ \\\r\n.eyJ%"], Gen.Char).Array[0, 400].Sample(characters =>
    {
        byte[] text = Encoding.UTF8.GetBytes(characters);
        byte[] without = CredentialsInText.Without(text, ""u8);
        return without.Length <= text.Length && (CredentialsInText.Any(text) || without.Length == text.Length);
    });

    // Each of these was read over and over.
    [Theory]
    [InlineData("pwd=a&")]
    [InlineData("key:")]
    [InlineData("name=")]
    [InlineData("eyJ.")]
    [InlineData("://")]
    [InlineData("a\"\\:")]
    public void A_long_text_takes_no_longer_than_its_length(string part) =>
        _ = CredentialsInText.Without(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length))), "x"u8);
}
