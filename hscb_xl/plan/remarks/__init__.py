"""What officers write in Progress, remark by remark: claims of completion, re-ratings asked for, questions.

``plan.commentary`` is the one reader of all three.
"""
