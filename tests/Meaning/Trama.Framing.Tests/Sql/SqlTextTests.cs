using System.Text;
using CsCheck;
using Trama.Framing.Sql;

namespace Trama.Framing.Tests.Sql;

public class SqlTextTests
{
    [Theory]
    [InlineData("select  *\n from t -- all of it\n where id = 5", "select * from t where id = 5", "select * from t where id = ?")]
    [InlineData("insert into t values (1, 'a''b', -2.5e3),(2, $$x$y$$, E'\\'')",
        "insert into t values (1, 'a''b', -2.5e3),(2, $$x$y$$, E'\\'')", "insert into t values (?, -?),(?)")]
    [InlineData("/* hint */ SELECT $1, a1, \"Two 2\", x'0f' FROM t2", "SELECT $1, a1, \"Two 2\", x'0f' FROM t2",
        "SELECT $1, a1, \"Two 2\", ? FROM t2")]
    [InlineData("alter role ana with password 'hunter2' valid until '2030-01-01'",
        "alter role ana with password '…' valid until '…'", "alter role ana with password ? valid until ?")]
    [InlineData("CREATE USER b IDENTIFIED BY 'hunter2'", "CREATE USER b IDENTIFIED BY '…'", "CREATE USER b IDENTIFIED BY ?")]
    [InlineData("set password for 'b'@'%' = password('hunter2')", "set password for '…'@'…' = password('…')",
        "set password for ?@? = password(?)")]
    [InlineData("select 'open", "select 'open", "select ?")]
    [InlineData("select $tag$ it's $tag$, 1;", "select $tag$ it's $tag$, 1;", "select ?;")]
    public void A_statement_is_told_on_one_line_and_as_a_shape_without_its_constants(string statement, string words, string shape)
    {
        Assert.Equal(words, Write(statement, asShape: false));
        Assert.Equal(shape, Write(statement, asShape: true));
    }

    [Fact]
    public void Tokens_cover_any_bytes_and_end() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var tokens = new SqlTokens(bytes);
            int end = bytes.AsSpan().IndexOf((byte)0), length = 0;
            while (tokens.TryNext(out _, out ReadOnlySpan<byte> token))
            {
                Assert.False(token.IsEmpty);
                length += token.Length;
            }

            Assert.InRange(length, end < 0 ? bytes.Length : end, bytes.Length);
        });

    private static string Write(string statement, bool asShape)
    {
        var text = default(ShortText);
        SqlText.Write(Encoding.UTF8.GetBytes(statement), asShape, ref text);
        return Encoding.UTF8.GetString(text.Bytes);
    }
}
