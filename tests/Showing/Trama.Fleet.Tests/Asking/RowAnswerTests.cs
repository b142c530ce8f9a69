using System.Text;
using System.Text.Json;
using CsCheck;
using Trama.Fleet.Asking;
using Trama.Fleet.Sending;

namespace Trama.Fleet.Tests.Asking;

/// <summary>What sensors are asked for of their own rows, and what they answer.</summary>
public class RowAnswerTests
{
    [Fact]
    public void Rows_come_back_as_they_were_in_as_many_pieces_as_they_need() =>
        Gen.Select(Gen.Long, Gen.String[Gen.Char.AlphaNumeric, 0, 3000], Gen.Bool).List[0, 300].Sample(rows =>
        {
            string json = JsonSerializer.Serialize(rows.Select(row => new Dictionary<string, object>
            {
                ["totalNs"] = row.Item1,
                ["operation"] = row.Item2,
                ["failed"] = row.Item3,
                ["unknown"] = "column",
            }));
            using var document = JsonDocument.Parse(json);
            var read = new List<(long, string, bool)>();
            foreach (byte[] piece in RowAnswer.Rows(document.RootElement.EnumerateArray()))
            {
                Assert.True(piece.Length <= FleetMessage.MaxBytes);
                Assert.True(RowAnswer.TryRead(piece, out FleetMessage? message, out string? note, out bool isEnd));
                Assert.True(note is null && !isEnd);
                ReadRow.Each(message!.Value.Journal()!, (_, row) =>
                {
                    Assert.Null(row.Number("serverNs"));
                    read.Add((row.Number("totalNs")!.Value, row.Text("operation"), row.Number("failed") == 1));
                });
            }

            Assert.Equal(rows, read);
        }, iter: 50);

    [Fact]
    public void What_is_no_piece_is_none() => Gen.Byte.Array.Sample(bytes =>
    {
        if (RowAnswer.TryRead(bytes, out FleetMessage? rows, out string? note, out bool isEnd))
            Assert.True(rows is not null || note is not null || isEnd);
    });

    [Fact]
    public void A_note_that_is_too_long_is_cut()
    {
        byte[] note = RowAnswer.Note(new string('x', 5000));
        Assert.True(RowAnswer.TryRead(note, out _, out string? text, out _));
        Assert.Equal(new string('x', RowAnswer.MaxNote), text);
        Assert.False(RowAnswer.TryRead((byte[])[.. note, 1], out _, out _, out _));
    }

    [Theory]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"server>1s","columns":"exchanges","limit":10}""", true)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"","columns":"exchanges","limit":10}""", true)]
    [InlineData("""{"version":2,"from":1,"to":2,"where":"","columns":"exchanges","limit":10}""", false)]
    [InlineData("""{"version":1,"from":3,"to":2,"where":"","columns":"exchanges","limit":10}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"","columns":"packets","limit":10}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"","columns":"exchanges","limit":10001}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"","columns":"exchanges","limit":0}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"1=1; DROP TABLE x","columns":"exchanges","limit":1}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"@/etc/passwd","columns":"exchanges","limit":1}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":null,"columns":"exchanges","limit":1}""", false)]
    [InlineData("""{"version":1,"from":1,"to":2,"where":"","columns":"exchanges","limit":1,"sql":"SELECT 1"}""", false)]
    [InlineData("not JSON", false)]
    public void Only_a_form_that_is_filled_in_within_its_bounds_is_answered(string json, bool isAnswered)
    {
        RowQuestion? read = RowQuestion.Read(Encoding.UTF8.GetBytes(json));
        Assert.Equal(isAnswered, read is not null);
        if (read is not null) Assert.Equal(read, RowQuestion.Read(read.ToBytes()));
    }
}
