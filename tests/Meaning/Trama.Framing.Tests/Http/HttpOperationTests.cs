using System.Text;
using CsCheck;

namespace Trama.Framing.Tests.Http;

public class HttpOperationTests
{
    [Theory]
    [InlineData("/", "GET /", "")]
    [InlineData("/users/7?page=2", "GET /users/7?page=2", "GET /users/:id")]
    [InlineData("/users/550e8400-e29b-41d4-a716-446655440000/posts/12.json",
        "GET /users/550e8400-e29b-41d4-a716-446655440000/posts/12.json", "GET /users/:id/posts/:id.json")]
    [InlineData("/commit/9f86d081884c", "GET /commit/9f86d081884c", "GET /commit/:id")]
    [InlineData("/s/eyJhbGciOiJIUzI1NiJ9x4y5z6", "GET /s/eyJhbGciOiJIUzI1NiJ9x4y5z6", "GET /s/:id")]
    [InlineData("/v1/api2/decade/x86_64", "GET /v1/api2/decade/x86_64", "")]
    [InlineData("?q=1", "GET ?q=1", "GET ")]
    [InlineData("http://ana:secret@example.org/a@b/1", "GET http://example.org/a@b/1", "GET http://example.org/a@b/:id")]
    [InlineData("ana:secret@example.org:443", "GET example.org:443", "")]
    [InlineData("/a@b?c=d@e", "GET /a@b?c=d@e", "GET /a@b")]
    [InlineData("/x?a=1&Access_Token=abc;PASSWORD=&api_key=k&b=2", "GET /x?a=1&Access_Token=***;PASSWORD=&api_key=***&b=2", "GET /x")]
    [InlineData("/x?X-Amz-Credential=AKIA&X-Amz-Signature=ff&sig=1&signal=1",
        "GET /x?X-Amz-Credential=***&X-Amz-Signature=***&sig=***&signal=1", "GET /x")]
    public void A_target_becomes_an_operation_without_credentials_and_a_group_without_identifiers(
        string target, string operation, string group)
    {
        var words = new HttpOperation();
        words.Set("GET"u8, Encoding.UTF8.GetBytes(target));
        Assert.Equal(operation, Encoding.UTF8.GetString(words.Text));
        Assert.Equal(group, Encoding.UTF8.GetString(words.Group(words.Text)));
    }

    [Fact]
    public void No_target_is_too_long() => Gen.Byte.Array[0, 3000].Sample(target =>
    {
        var words = new HttpOperation();
        words.Set("OPTIONS"u8, target);
        return words.Text.Length <= HttpOperation.MaxKept && words.Group(words.Text).Length <= HttpOperation.MaxKept;
    });
}
