using System.Text;
using System.Text.Json;
using Trama.Rows.Sql;
using Trama.Rows.Tables;

namespace Trama.Rows.Tests;

/// <summary>What may be asked, and what is refused.</summary>
public class RowDatabaseTests(InstalledDuckdb duckdb) : IClassFixture<InstalledDuckdb>
{
    [Theory, MemberData(nameof(Questions))]
    public void A_question_with_a_name_is_answered(string name)
    {
        Question question = Question.Named(name)!;
        Assert.NotEmpty(CollectedAnswer.To(question.Sql, Lesson()).Columns);
        Assert.NotEqual(question.English, question.Portuguese);
    }

    public static TheoryData<string> Questions => [.. Question.All.Select(question => question.Name)];

    [Theory]
    [InlineData("SELECT connection, \"index\", operation FROM exchanges ORDER BY ALL")]
    [InlineData("FROM connections")]
    [InlineData("WITH a AS (SELECT 1 AS b) SELECT b FROM a UNION ALL SELECT range FROM range(3) -- a comment")]
    [InlineData("DESCRIBE exchanges")]
    [InlineData("SELECT * FROM (SUMMARIZE findings)")]
    [InlineData("VALUES (1), (2)")]
    [InlineData("SELECT 1e400, -1e400, [1e400], 'Infinity', '\\\"NaN'")]
    [InlineData("PIVOT exchanges ON failed IN (true, false) USING count(*)")]
    public void What_reads_is_answered(string sql) => Assert.NotEmpty(CollectedAnswer.To(sql, Lesson()).Rows);

    [Fact]
    public void Values_of_every_type_come_as_text_in_the_order_that_was_asked_for()
    {
        CollectedAnswer answer = CollectedAnswer.To("""
            SELECT range, range / 4, range % 2 = 0, [range], {'a': range}, make_timestamp_ns(range), NULL, range::DECIMAL(9, 2),
                repeat('x', range::INTEGER % 40), 170141183460469231731687303715884105727 AS "range"
            FROM range(5000) ORDER BY hash(range)
            """, Lesson());
        Assert.Equal(5000, answer.Rows.Count);
        Assert.Equal([ResultKind.Number, ResultKind.Fraction, ResultKind.Flag, ResultKind.Nested, ResultKind.Nested, ResultKind.Text,
            ResultKind.Number, ResultKind.Number, ResultKind.Text, ResultKind.Number], answer.Columns.Select(column => column.Kind));
        CollectedAnswer plain = CollectedAnswer.To("SELECT range FROM range(5000) ORDER BY hash(range)", Lesson());
        Assert.Equal(plain.Rows.Select(row => row[0]), answer.Rows.Select(row => row[0]));
        string?[] seven = answer.Rows.Single(row => row[0] == "7");
        Assert.Equal(["7", "1.75", "false", "[7]", "{\"a\":7}", "1970-01-01 00:00:00.000000007", null, "7.00", "xxxxxxx",
            "170141183460469231731687303715884105727"], seven);
        Assert.Equal(new string('x', 39), answer.Rows.Single(row => row[0] == "39")[8]);
    }

    [Theory]
    [InlineData("CREATE TABLE a AS SELECT 1", SqlFailure.NotOneSelect)]
    [InlineData("SELECT 1; SELECT 2", SqlFailure.NotOneSelect)]
    [InlineData("SELECT 1; DROP VIEW exchanges", SqlFailure.NotOneSelect)]
    [InlineData("", SqlFailure.NotOneSelect)]
    [InlineData("-- nothing", SqlFailure.NotOneSelect)]
    [InlineData("SELECT ?", SqlFailure.NotOneSelect)]
    [InlineData("SET memory_limit = '64GB'", SqlFailure.NotOneSelect)]
    [InlineData("PRAGMA version", SqlFailure.NotOneSelect)]
    [InlineData("ATTACH '/tmp/a.db'", SqlFailure.NotOneSelect)]
    [InlineData("INSTALL httpfs", SqlFailure.NotOneSelect)]
    [InlineData("LOAD httpfs", SqlFailure.NotOneSelect)]
    [InlineData("CALL enable_profiling()", SqlFailure.NotOneSelect)]
    [InlineData("EXPLAIN ANALYZE SELECT 1", SqlFailure.NotOneSelect)]
    [InlineData("COPY (SELECT 1) TO '/tmp/trama-none.csv'", SqlFailure.Refused)]
    [InlineData("EXPORT DATABASE '/tmp/trama-none'", SqlFailure.Refused)]
    [InlineData("INSERT INTO exchanges SELECT * FROM exchanges", SqlFailure.Refused)]
    [InlineData("SELECT 1) FROM (SELECT 2", SqlFailure.Refused)]
    [InlineData("SELECT * FROM read_text('/etc/passwd')", SqlFailure.Refused)]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')", SqlFailure.Refused)]
    [InlineData("SELECT * FROM '/etc/passwd.csv'", SqlFailure.Refused)]
    [InlineData("SELECT * FROM glob('/etc/*')", SqlFailure.Refused)]
    [InlineData("SELECT (SELECT count(*) FROM read_blob('/etc/passwd'))", SqlFailure.Refused)]
    [InlineData("SELECT * FROM enable_profiling()", SqlFailure.FunctionRefused)]
    [InlineData("SELECT (SELECT count(*) FROM enable_logging())", SqlFailure.FunctionRefused)]
    [InlineData("WITH a AS (FROM checkpoint()) FROM a", SqlFailure.FunctionRefused)]
    [InlineData("SELECT 1 WHERE EXISTS (FROM query('SELECT 1'))", SqlFailure.FunctionRefused)]
    public void What_does_anything_else_is_refused(string sql, SqlFailure failure)
    {
        SqlException error = Assert.Throws<SqlException>(() => CollectedAnswer.To(sql, Lesson()));
        Assert.Equal(failure, error.Failure);
        Assert.False(File.Exists("/tmp/trama-none.csv"));
    }

    [Fact]
    public void What_stands_too_deep_in_itself_is_refused_as_such()
    {
        string sql = "SELECT " + "1" + string.Concat(Enumerable.Repeat(" + 1", 700));
        Assert.Equal(SqlFailure.TooDeep, Assert.Throws<SqlException>(() => CollectedAnswer.To(sql, Lesson())).Failure);
    }

    [Fact]
    public void Numbers_that_JSON_has_no_form_for_are_texts_wherever_they_stand()
    {
        using var database = new RowDatabase(Lesson(), 512 << 20);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            database.Ask("""
                SELECT 'nan'::DOUBLE AS a, -1e400 AS b, [1, 'nan'::FLOAT, 1e400, -1e400] AS c, {'NaN': '\"Infinity', d: ['NaN']} AS d
                """, CollectedAnswer.Limits(), new JsonCellsAnswer(writer));
        Assert.Equal("""{"a":"nan","b":"-inf","c":[1.0,"nan","inf","-inf"],"d":{"NaN":"\\\u0022Infinity","d":["NaN"]}}""",
            Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public void Lists_in_lists_are_answered_as_deep_as_they_may_be_asked_for()
    {
        using var database = new RowDatabase(Lesson(), 512 << 20);
        string value = new string('[', 150) + "1" + new string(']', 150);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            database.Ask($"SELECT {value} AS a", CollectedAnswer.Limits(), new JsonCellsAnswer(writer));
        Assert.Equal($$"""{"a":{{value}}}""", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Theory]
    [InlineData("SELECT count(*) FROM range(1000000000000000)")]
    [InlineData("WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r")]
    [InlineData("SELECT range FROM range(1000000000000000)")]
    public void What_never_ends_is_broken_off(string sql)
    {
        using var database = new RowDatabase(Lesson(), 512 << 20);
        QueryLimits limits = CollectedAnswer.Limits(TimeSpan.FromMilliseconds(300));
        Assert.Equal(SqlFailure.TooLong, Assert.Throws<SqlException>(() => database.Ask(sql, limits, new CountedAnswer())).Failure);
        // The next one is answered.
        var next = new CollectedAnswer();
        database.Ask("SELECT 1", CollectedAnswer.Limits(), next);
        Assert.Equal("1", next.Rows.Single()[0]);
    }

    [Fact]
    public void What_needs_too_much_memory_is_broken_off()
    {
        using var database = new RowDatabase(Lesson(), 64 << 20);
        SqlException error = Assert.Throws<SqlException>(() => database.Ask(
            "SELECT list(range ORDER BY hash(range)) FROM range(100000000)", CollectedAnswer.Limits(memoryBytes: 64 << 20),
            new CountedAnswer()));
        bool isTold = error.Failure == SqlFailure.TooLarge || error.Detail.StartsWith("Out of Memory", StringComparison.Ordinal);
        Assert.True(isTold, error.Message);
    }

    [Fact]
    public void An_answer_becomes_a_parquet_file_and_no_other_file_can_be_written()
    {
        string folder = duckdb.Folder("answer"), output = Path.Combine(folder, "answer.parquet");
        using var database = new RowDatabase(Lesson(), 512 << 20, output);
        database.Save("SELECT 7 AS a -- b", CollectedAnswer.Limits(), output);
        Assert.Throws<SqlException>(() => database.Save("SELECT 7", CollectedAnswer.Limits(), output + "2"));
        Assert.Equal([output], Directory.GetFiles(folder));
    }

    [Fact]
    public void Names_of_folders_are_no_columns()
    {
        string folder = duckdb.Folder("connection=9/it's=3"), path = Path.Combine(folder, "exchanges.parquet");
        string[] lesson = Lesson();
        File.Copy(lesson[0], path);
        CollectedAnswer plain = CollectedAnswer.To("FROM exchanges ORDER BY ALL", lesson[0]);
        CollectedAnswer named = CollectedAnswer.To("FROM exchanges ORDER BY ALL", path);
        Assert.Equal(plain.Columns, named.Columns);
        Assert.Equal(plain.Rows, named.Rows);
    }

    [Theory]
    [InlineData("x*")]
    [InlineData("x?")]
    [InlineData("x[1]")]
    [InlineData("[x1")]
    [InlineData("{x,1}")]
    [InlineData("**")]
    public void A_name_that_looks_like_a_pattern_is_one_file(string name)
    {
        string folder = duckdb.Folder("patterns"), beside = Path.Combine(folder, "x1.parquet");
        string within = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, name + ".parquet");
        string path = Path.Combine(folder, name + ".parquet");
        foreach (string copy in (string[])[beside, path, within]) File.Copy(Lesson()[0], copy, overwrite: true);
        Assert.Equal("1", Assert.Single(CollectedAnswer.To("SELECT count(*) FROM exchanges", path).Rows)[0]);
        CollectedAnswer all = CollectedAnswer.To("SELECT source, count(*) FROM exchanges GROUP BY ALL", path, beside, within);
        Assert.Equal(((string[])[beside, path, within]).Order(), all.Rows.Select(row => row[0]).Order());
        Assert.All(all.Rows, row => Assert.Equal("1", row[1]));
    }

    [Fact]
    public void A_table_of_another_capture_beside_the_others_is_refused()
    {
        string[] lesson = Lesson();
        string other = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/no-reply.pcap");
        using (FileStream file = File.Create(lesson[3])) TracedRows.Of(other, RowFormat.Parquet)!["packets"].CopyTo(file);
        SqlException error = Assert.Throws<SqlException>(() => CollectedAnswer.To("SELECT 1", lesson));
        Assert.Equal((SqlFailure.OtherCapture, lesson[3]), (error.Failure, error.Detail));
        // Under a name of its own it is one of several.
        string own = Path.Combine(Path.GetDirectoryName(lesson[3])!, "other-packets.parquet");
        File.Move(lesson[3], own, overwrite: true);
        Assert.NotEmpty(CollectedAnswer.To("SELECT count(*) FROM packets", [.. lesson[..3], own]).Rows);
        File.Delete(own);
    }

    [Fact]
    public void A_file_that_is_cut_is_refused_wherever_it_is_cut()
    {
        byte[] whole = File.ReadAllBytes(Lesson()[0]);
        string path = Path.Combine(duckdb.Folder("cut"), "exchanges.parquet");
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 50))
        {
            File.WriteAllBytes(path, whole[..length]);
            SqlException error = Assert.Throws<SqlException>(() => CollectedAnswer.To("FROM exchanges", path));
            Assert.Equal(SqlFailure.NoParquet, error.Failure);
            Assert.Equal(path, error.Detail);
        }
    }

    [Fact]
    public void Tables_of_another_version_and_of_others_are_refused()
    {
        string[] lesson = Lesson();
        byte[] whole = File.ReadAllBytes(lesson[0]);
        string path = Path.Combine(duckdb.Folder("other"), "exchanges.parquet");
        // The version is a text of one byte behind its key.
        int version = whole.AsSpan().IndexOf("trama.schema"u8) + "trama.schema".Length + 2;
        Assert.Equal((byte)'0' + RowSchema.Version, whole[version]);
        whole[version]++;
        File.WriteAllBytes(path, whole);
        Assert.Equal(SqlFailure.OtherVersion,
            Assert.Throws<SqlException>(() => CollectedAnswer.To("SELECT 1", [.. lesson, path])).Failure);
        whole[version - 3]++;
        File.WriteAllBytes(path, whole);
        Assert.Equal(SqlFailure.ForeignTable, Assert.Throws<SqlException>(() => CollectedAnswer.To("SELECT 1", path)).Failure);
    }

    [Fact]
    public void Bytes_that_were_changed_end_in_an_answer_or_an_error()
    {
        byte[] whole = File.ReadAllBytes(Lesson()[0]);
        string path = Path.Combine(duckdb.Folder("changed"), "exchanges.parquet");
        var random = new Random(20);
        for (int i = 0; i < 200; i++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, changed);
            Exception? error = Record.Exception(() => CollectedAnswer.To("SELECT * FROM exchanges", path));
            Assert.True(error is null or SqlException, error?.ToString());
        }
    }

    private string[] Lesson()
    {
        string folder = duckdb.Folder("lesson");
        string capture = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap");
        TracedRows traced = TracedRows.Of(capture, RowFormat.Parquet)!;
        return [.. RowSchema.Tables.Select(table =>
        {
            string path = Path.Combine(folder, table.Name + ".parquet");
            using FileStream file = File.Create(path);
            traced[table.Name].CopyTo(file);
            return path;
        })];
    }

    private sealed class CountedAnswer : IAnswer
    {
        public void Begin(IReadOnlyList<ResultColumn> columns)
        {
        }

        public void Row(in ResultRow row)
        {
        }

        public void End()
        {
        }
    }
}
