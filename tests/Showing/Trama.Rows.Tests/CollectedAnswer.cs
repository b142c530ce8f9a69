using System.Text;
using Trama.Rows.Sql;

namespace Trama.Rows.Tests;

/// <summary>An answer, collected.</summary>
internal sealed class CollectedAnswer : IAnswer
{
    public IReadOnlyList<ResultColumn> Columns { get; private set; } = [];

    public List<string?[]> Rows { get; } = [];

    public bool IsOver { get; private set; }

    /// <summary>What a question about files is answered.</summary>
    public static CollectedAnswer To(string sql, params IReadOnlyList<string> files)
    {
        var answer = new CollectedAnswer();
        using var database = new RowDatabase(files, 512 << 20);
        database.Ask(sql, Limits(), answer);
        Assert.True(answer.IsOver);
        return answer;
    }

    /// <summary>Limits for a question that may take a while; one that cannot be broken off fails the test run.</summary>
    public static QueryLimits Limits(TimeSpan? time = null, long memoryBytes = 512 << 20) =>
        new(time ?? TimeSpan.FromMinutes(2), memoryBytes)
        {
            GiveUp = error => Environment.FailFast(error.Message),
        };

    public void Begin(IReadOnlyList<ResultColumn> columns) => Columns = columns;

    public void Row(in ResultRow row)
    {
        var cells = new string?[Columns.Count];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = row.TryGet(i, out ReadOnlySpan<byte> text) ? Encoding.UTF8.GetString(text) : null;
        Rows.Add(cells);
    }

    public void End() => IsOver = true;
}
